"""Looks at the built site as its readers do: offline, and through the search.

Usage: python docs/check_site.py FOLDER
Prints what is wrong and exits with 1. Where node is installed, the site's own JavaScript cuts what is typed.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent / "_ext"))

from bigram import index_words

# what is typed -> a page that must be found; None: nothing may be found
QUERIES = {
    "字段对应": "how-to/mapping",
    "三值": "explanation/outcomes",
    "值逻": "explanation/outcomes",
    "退出码": "reference/outcomes",
    "法定办结时限": "how-to/add-requirement",
    "法定 承诺": "explanation/outcomes",
    "GJ-I301": "reference/errors",
    "IM-023": "how-to/add-requirement",
    "6.3.2": "reference/formats",
    "2020": "reference/formats",
    "--confirm": "how-to/run",
    "990000": "how-to/example-regions",
    "报送": "reference/report",
    "龙凤呈祥": None,
}
OUTSIDE = re.compile(r"(?:https?:)?//")
IMPORTED = re.compile(r"""@import\s+(?:url\()?["']?((?:https?:)?//[^"')\s]+)""")
LOADING_LINKS = {"stylesheet", "preconnect", "preload", "dns-prefetch", "icon"}


class Loads(HTMLParser):
    """Collects what a page loads by itself; what a reader may click on does not count."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes the address of a script, picture or frame, and of a link that the browser follows."""
        given = dict(attrs)
        if tag == "link" and LOADING_LINKS & set((given.get("rel") or "").split()):
            self.addresses.append(given.get("href") or "")
        elif given.get("src"):
            self.addresses.append(given["src"] or "")


def loads(path: Path) -> list[str]:
    """The addresses on other machines that a page or style sheet loads."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".css":
        return IMPORTED.findall(text)
    page = Loads()
    page.feed(text)
    return [address for address in page.addresses if OUTSIDE.match(address)]


def outside_requests(site: Path) -> list[str]:
    """All such addresses of a site, each with the file that names it."""
    files = [path for ending in ("*.html", "*.css") for path in sorted(site.rglob(ending))]
    return [f"{path.relative_to(site).as_posix()}: {address}" for path in files for address in loads(path)]


def index_of(site: Path) -> dict[str, Any]:
    """Sphinx's search index."""
    text = (site / "searchindex.js").read_text(encoding="utf-8")
    index: dict[str, Any] = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    return index


def typed_words(queries: list[str], site: Path) -> list[list[str]]:
    """Each query cut into words, by the site's own JavaScript where it can run.

    Raises:
        SystemExit: when that script is broken, which kills the whole search.

    """
    node = shutil.which("node")
    if node is None:
        print(
            "!!!!! no node here: the JavaScript of the search is NOT tested, its Python twin stands in !!!!!"
        )
        return [paired_words(query) for query in queries]
    data = (site / "_static" / "language_data.js").read_text(encoding="utf-8")
    asked = f"console.log(JSON.stringify({json.dumps(queries)}.map(splitQuery)))"
    program = f"const window = {{}};\n{data}\nnew Stemmer().stemWord('x');\n{asked}"
    # the program is what this site ships to every browser
    done = subprocess.run([node, "-e", program], capture_output=True, check=False, encoding="utf-8")  # noqa: S603
    if done.returncode:
        sys.exit(f"the search script is dead: {re.findall('.*Error.*', done.stderr)[-1]}")
    words: list[list[str]] = json.loads(done.stdout)
    return words


def paired_words(query: str) -> list[str]:
    """The index words of a query without the single characters that longer runs are stored under too."""
    words = [word for token in query.split() for word in index_words(token)]
    return [word for word in words if len(word) > 1] or words


def pages_with(words: list[str], index: dict[str, Any]) -> set[str]:
    """The pages that hold every word, in their text or a title."""
    found: set[str] | None = None
    for word in words:
        pages = pages_of(word.lower(), index)
        found = pages if found is None else found & pages
    return found or set()


def pages_of(word: str, index: dict[str, Any]) -> set[str]:
    """The pages that hold one word."""
    numbers: set[int] = set()
    for part in ("terms", "titleterms"):
        hit = index[part].get(word, [])
        numbers |= set(hit) if isinstance(hit, list) else {hit}
    return {index["docnames"][number] for number in numbers}


def missed(site: Path) -> list[str]:
    """The queries that find the wrong pages."""
    index = index_of(site)
    answers = {
        query: pages_with(words, index)
        for query, words in zip(QUERIES, typed_words(list(QUERIES), site), strict=True)
    }
    return [
        f"{query}: wanted {wanted or 'nothing'}, found {sorted(answers[query]) or 'nothing'}"
        for query, wanted in QUERIES.items()
        if (wanted not in answers[query] if wanted else answers[query])
    ]


def main(site: Path) -> int:
    """0 if the site can be read and searched offline, else 1."""
    faults = [f"loads from another machine: {name}" for name in outside_requests(site)]
    faults += [f"search, {line}" for line in missed(site)]
    print("\n".join(faults) or f"{len(QUERIES)} queries answered, nothing is loaded from elsewhere")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
