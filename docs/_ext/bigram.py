"""How the search cuts Chinese text, told twice: for the index (Python) and for what is typed (JavaScript).

Sphinx cuts Chinese only while it builds the index, so a typed phrase never meets the words of a segmenter.
Pairs of neighbouring characters need no dictionary and can be cut alike on both sides.
"""

from __future__ import annotations

import re

LATIN = r"[A-Za-z]+[A-Za-z0-9]*(?:[-_.][A-Za-z0-9]+)*"
NUMBER = r"[0-9]+(?:[-.][A-Za-z0-9]+)*[A-Za-z0-9]*"
CHINESE = r"[\u3400-\u9fff\uf900-\ufaff]+"
TOKEN = re.compile(f"{LATIN}|{NUMBER}|{CHINESE}")
PART = re.compile(r"[-_.]")
IS_CHINESE = re.compile(CHINESE)

# Sphinx drops a typed token of digits only, so such tokens carry a mark on both sides.
DIGITS = "n:"

JS_SPLITTER = f"""
var splitQuery = (query) => {{
  const words = [];
  for (const [token] of query.matchAll(/{TOKEN.pattern}/g)) {{
    if (/^{CHINESE}$/.test(token)) {{
      if (token.length === 1) words.push(token);
      for (let at = 0; at + 1 < token.length; at++) words.push(token.slice(at, at + 2));
    }} else words.push(/^[0-9]+$/.test(token) ? "{DIGITS}" + token : token);
  }}
  return words;
}};
"""


def index_words(text: str) -> list[str]:
    """The words a text is found under: characters and pairs of a Chinese run, a code whole and in parts."""
    return [word for token in TOKEN.findall(text) for word in words_of(token)]


def words_of(token: str) -> list[str]:
    """The index words of one token."""
    if IS_CHINESE.fullmatch(token):
        return [*token, *(token[at : at + 2] for at in range(len(token) - 1))]
    parts = PART.split(token)
    return [marked(word) for word in ([token] if len(parts) == 1 else [token, *parts])]


def marked(word: str) -> str:
    """A word of digits with its mark; any other as it is."""
    return DIGITS + word if re.fullmatch("[0-9]+", word) else word
