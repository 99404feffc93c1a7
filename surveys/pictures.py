"""The drawings that surveys may name. Each means one thing, in every survey; ``easy`` shows them beside the words."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

#: Name of a drawing -> what it shows, which is also what an illustrator is asked for.
PICTURES: Final = MappingProxyType(
    {
        "yes": "a tick",
        "no": "a cross",
        "not_sure": "a question mark",
        "rather_not": "a speech bubble with a lock in it",
        "face_very_happy": "a face with a wide smile",
        "face_happy": "a smiling face",
        "face_okay": "a face with a straight mouth",
        "face_sad": "a face with a small frown",
        "face_very_sad": "a face with a deep frown",
        "feelings": "a happy face and a sad face side by side",
        "talking": "two people with speech bubbles",
        "speaking": "a person with a speech bubble",
        "listening": "an ear",
        "person": "one person, smiling",
        "people": "a group of people",
        "meeting": "people around a table",
        "plan": "a sheet of paper with ticked lines",
        "star": "a star",
        "helping_hand": "an open hand",
        "message": "a phone with a message",
        "home": "a house",
        "moving": "an arrow from one house to another",
        "heart": "a heart",
        "safe": "an umbrella over a person",
        "calendar": "a calendar page",
        "sudden": "a flash of lightning",
        "why": "a speech bubble with a question mark",
        "goodbye": "a waving hand",
        "bag": "a packed bag",
        "pencil": "a pencil",
        "idea": "a light bulb",
        "sun": "a sun",
    }
)
