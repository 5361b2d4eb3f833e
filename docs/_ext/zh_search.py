"""Puts the cutting by pairs of characters in the place of Sphinx's Chinese search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bigram import JS_SPLITTER, index_words
from sphinx.search import SearchLanguage, languages

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class PairSearch(SearchLanguage):
    """Chinese by pairs of neighbouring characters; Latin words and codes as they are."""

    lang = "zh"
    language_name = "Chinese"
    # Sphinx 9.0's own Chinese class names a stemmer that does not exist, which kills the whole search page
    js_stemmer_rawcode = ""
    js_splitter_code = JS_SPLITTER

    def split(self, text: str) -> list[str]:
        """The index words of a text."""
        return index_words(text)

    def word_filter(self, word: str) -> bool:
        """Every word counts: a clause number is all digits."""
        return bool(word)


def setup(_app: Sphinx) -> dict[str, Any]:
    """Registers the class for ``language = "zh_CN"``."""
    languages["zh"] = PairSearch
    return {"parallel_read_safe": True}
