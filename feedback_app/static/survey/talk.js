// The page of a conversation: the survey as young people have it, and what a conversation needs beside.

import "./main.js";
import { hold } from "./conversation.js";

hold();
