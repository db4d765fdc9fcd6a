"""Fingerprints: what made an output; and what a later run knows of it, so that only what changed is worked on again.

`OUT/.jianbao/` holds the tables of dedupe (`state.duckdb`), copies of the lexicons (`lexicons/`), and `run.json`: what made the output, the digest of
each input file, and the sizes and times of the files written. It is no result: its bytes may differ where the results are the same.
"""

import hashlib
import shutil
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson

from jianbao.dedupe.database import NAME, DatabaseError, KnownArticle, known_articles, known_texts
from jianbao.folding import FoldError
from jianbao.lexicon import LexiconError
from jianbao.readers import InputFile, ReadOptions
from jianbao.revision import EntryChange, Impact, entry_changes
from jianbao.stages.read import cut
from jianbao.stages.write import STATE

DECIDING_PACKAGES = ("charset-normalizer", "jieba", "lxml", "opencc", "pypdfium2", "python-docx", "rensa", "rjieba", "spacy", "trafilatura")
"""The packages whose version may change an output."""

LEXICONS = "lexicons"
"""The folder in the state that holds copies of the lexicons."""

_RUN = "run.json"
_FOLD = "fold"


def fingerprint(data: bytes) -> str:
    """16 hex digits of a hash of `data`."""
    return hashlib.sha256(data).hexdigest()[:16]


def package_versions() -> dict[str, str]:
    """The versions of the packages that decide the output."""
    return {name: version(name) for name in DECIDING_PACKAGES}


def pipeline_fingerprint(path: Path) -> str:
    """The fingerprint of a pipeline file."""
    return fingerprint(path.read_bytes())


def lexicon_files(directory: Path) -> list[Path]:
    """The lexicons of a folder and its fold table, by name."""
    return sorted(path for path in directory.iterdir() if path.suffix in (".csv", ".yaml"))


def lexicon_fingerprints(directory: Path) -> dict[str, str]:
    """The fingerprint of each lexicon and of the fold table, by name."""
    return {path.stem: fingerprint(path.read_bytes()) for path in lexicon_files(directory)}


def code_fingerprint() -> str:
    """The fingerprint of the program itself, of Python, and of all that decides an output or reads a state."""
    package = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        digest.update(f"{path.relative_to(package).as_posix()}\n".encode())
        digest.update(path.read_bytes())
    known = [version("jianbao"), sys.version_info[:2], unicodedata.unidata_version, version("duckdb"), package_versions()]
    digest.update(repr(known).encode())
    return digest.hexdigest()[:16]


def maker(pipeline: Path, lexicons: Path, options: Mapping[str, Any]) -> str:
    """The fingerprint of all that, once changed, changes any article: the program, the pipeline, the fold table, the options, which lexicons there are."""
    prints = lexicon_fingerprints(lexicons)
    return fingerprint(
        repr([code_fingerprint(), pipeline_fingerprint(pipeline), prints.get(_FOLD), sorted(prints), sorted(options.items())]).encode()
    )


def changes_everything(old: Path, new: Path) -> str | None:
    """Why every article is worked on again where the lexicons in `old` become those in `new`, whatever their entries; None where it is not so."""
    before, after = lexicon_fingerprints(old), lexicon_fingerprints(new)
    if before.keys() != after.keys():
        return f"one of the folders alone has {', '.join(sorted(before.keys() ^ after.keys()))}"
    return "the fold table differs" if before[_FOLD] != after[_FOLD] else None


@dataclass(frozen=True, slots=True)
class FileState:
    """An input file as a run read it.

    Attributes:
        digest: Of its bytes.
        flawed: Whether anything was wrong with it.
        parts: What it was read in.
    """

    digest: str
    flawed: bool
    parts: tuple[InputFile, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an output knows of the run that made it."""

    state: Path
    files: dict[str, FileState]

    @property
    def lexicons(self) -> Path:
        """Its lexicons."""
        return self.state / LEXICONS

    def same(self, digests: Mapping[str, str], lexicons: Path) -> bool:
        """Whether the input files and the lexicons are what they were."""
        return digests == {source: file.digest for source, file in self.files.items()} and (
            lexicon_fingerprints(lexicons) == lexicon_fingerprints(self.lexicons)
        )


@dataclass(slots=True)
class Plan:
    """What a run has to do.

    Attributes:
        todo: The files and parts of files to read.
        parts: Those that are known to make up each file of which something is read or kept.
        known: The digests of articles in them that need no work where they read as they did, by source.
        kept: The numbers of the articles of an earlier run that are kept unread.
        numbers: Those of each source of `known`.
        changes: The entries of lexicons that changed.
        goes_on: Whether there is an earlier run to go on from.
        articles: How many articles it had.
        size: About how many bytes of input have to be worked on.
    """

    todo: list[InputFile]
    parts: dict[str, tuple[InputFile, ...]]
    changes: list[EntryChange] = field(default_factory=list)
    goes_on: bool = False
    articles: int = 0
    size: int = 0
    known: dict[str, str] = field(default_factory=dict)
    kept: list[int] = field(default_factory=list)
    numbers: dict[str, list[int]] = field(default_factory=dict)


def file_digests(files: Iterable[InputFile]) -> dict[str, str]:
    """The digest of each input file by its source; none for one that cannot be read: reading it says why."""
    found: dict[str, str] = {}
    for file in files:
        if file.source not in found:
            try:
                with file.path.open("rb") as stream:
                    found[file.source] = hashlib.file_digest(stream, "sha256").hexdigest()
            except OSError:
                found[file.source] = ""
    return found


def read_earlier(out: Path, made_by: str) -> Earlier | None:
    """What is known of the run that made the output in `out`; None where that cannot be used: no output, another program, pipeline or options, files
    that were changed since.
    """
    state = out / STATE
    try:
        told = orjson.loads((state / _RUN).read_bytes())
        if told["made_by"] != made_by or told["written"] != _written(out) or not (state / NAME).is_file():
            return None
        files = {
            source: FileState(digest, flawed, tuple(_part(source, *part) for part in parts))
            for source, (digest, flawed, parts) in told["files"].items()
        }
        return Earlier(state, files)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember(out: Path, made_by: str, lexicons: Path, files: Mapping[str, FileState]) -> None:
    """Notes in the state of a finished output what a later run must know."""
    state = out / STATE
    (state / LEXICONS).mkdir(exist_ok=True)
    current = {path.name for path in lexicon_files(lexicons)}
    for path in lexicon_files(lexicons):
        shutil.copyfile(path, state / LEXICONS / path.name)
    for path in lexicon_files(state / LEXICONS):
        if path.name not in current:
            path.unlink()
    known = {source: [one.digest, one.flawed, [_told(part) for part in one.parts]] for source, one in files.items()}
    (state / _RUN).write_bytes(orjson.dumps({"made_by": made_by, "written": _written(out), "files": known}))


def _told(part: InputFile) -> list[Any]:
    """What tells a part of a file from the others."""
    return [part.start, part.end, part.first_line, sorted(part.doubled), part.header.decode("latin-1")]


def _part(source: str, start: int, end: int, first_line: int, doubled: list[str], header: str) -> InputFile:
    """The part of a file that `_told` gave; where the file lies the next run says."""
    return InputFile(Path(), source, start, end, first_line, frozenset(doubled), header=header.encode("latin-1"))


def _written(out: Path) -> dict[str, list[int]]:
    """Size and time of each file of an output: a file that was edited since is no result of the run. Archives keep whole seconds."""
    found = {}
    for path in sorted(out.iterdir()):
        if path.suffix in (".json", ".jsonl"):
            told = path.stat()
            found[path.name] = [told.st_size, int(told.st_mtime)]
    return found


def plan(files: list[InputFile], digests: Mapping[str, str], options: ReadOptions, earlier: Earlier | None, lexicons: Path) -> Plan:
    """What is to be done of `files`; all, where there is no earlier run to go on from, or its state turns out to be unreadable.

    An article is kept where its file is as it was and had no flaw, or where it reads as it did, unless a changed lexicon touches its source: the
    articles of a page are told apart, and read, together. Of a file that is as it was only those are read that are touched.
    """
    if earlier is None:
        return _whole(files, options)
    try:
        articles = known_articles(earlier.state / NAME)
        changes = entry_changes(earlier.lexicons, lexicons)
        touched = _touched(earlier, lexicons, changes)
    except (DatabaseError, OSError, LexiconError, FoldError):
        return _whole(files, options)
    times = Counter(article.article for article in articles)
    redo = {article.source for article in articles if article.article in touched or times[article.article] > 1}
    again: dict[tuple[str, int], set[str]] = {}
    for article in articles:
        if article.source in redo:
            again.setdefault((article.file, article.part), set()).add(article.source)
    same = {
        source: known.parts
        for source, digest in digests.items()
        if digest and (known := earlier.files.get(source)) and known.digest == digest and not known.flawed
    }
    found = _whole([file for file in files if file.source not in same], options)
    found.changes, found.goes_on, found.articles = changes, True, len(articles)
    for file in files:
        if file.source in same:
            found.parts[file.source] = tuple(replace(part, path=file.path) for part in same[file.source])
            found.todo += [
                replace(part, only=frozenset(wanted)) for part in found.parts[file.source] if (wanted := again.get((part.source, part.start)))
            ]
    for article in articles:
        if article.file in same:
            if article.source not in redo:
                found.kept.append(article.article)
        elif article.source not in redo and article.file in digests:
            found.known[article.source] = article.digest
            found.numbers.setdefault(article.source, []).append(article.article)
    found.size = _size(found, articles)
    return found


def _whole(files: Iterable[InputFile], options: ReadOptions) -> Plan:
    parts = {file.source: tuple(cut([file], options)) for file in files}
    return Plan([part for several in parts.values() for part in several], parts)


def _size(plan: Plan, articles: Sequence[KnownArticle]) -> int:
    """Of what is read the part of the bytes that the articles to work on are likely to be."""
    known = Counter(article.file for article in articles if article.source in plan.known)
    had = Counter(article.file for article in articles)
    in_part = Counter((article.file, article.part) for article in articles)
    total = 0.0
    for file in plan.todo:
        if file.only is not None:
            total += file.size * len(file.only) / in_part[file.source, file.start]
        else:
            total += file.size * (1 - known[file.source] / had[file.source] if had[file.source] else 1)
    return int(total)


def _touched(earlier: Earlier, lexicons: Path, changes: list[EntryChange]) -> set[int]:
    """The numbers of the articles that changed entries touch."""
    if not changes:
        return set()
    impact = Impact(changes, earlier.lexicons, lexicons)
    return {article for article, _, text in known_texts(earlier.state / NAME) if impact.touches(text)}
