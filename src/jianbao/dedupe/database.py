"""The tables of a run, in one embedded DuckDB file: what the articles mention, and what an incremental run will know of them.

Workers write rows as tab-separated text, values as JSON, so that a result travels and is set aside as bytes; DuckDB reads the files with its threads.
Nothing here depends on the order in which rows came: whoever reads a table where order matters says by what.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt

from jianbao.records import KINDS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NAME = "state.duckdb"
MEMORY_LIMIT = "768MB"
THREADS = 2
BATCH = 8192
"""Rows that are fetched at once."""

_FORMAT = "delim = '\t', quote = '', escape = '', header = false, nullstr = '\\N', auto_detect = false, new_line = '\\n'"
_SPOOL_BUFFER = 1 << 20
_SPOOL_SIZE = 1 << 24
_READ_BUFFER = 1 << 25
_LONG_LINE = 1 << 20
_WHOLE = ("UTINYINT", "UINTEGER", "UBIGINT")

_ARTICLES = {
    "article": "UBIGINT",
    "source": "JSON",
    "source_offset": "BIGINT",
    "published": "VARCHAR",
    "sha256": "VARCHAR",
    "home": "VARCHAR",
    "length": "UINTEGER",
    "signature": "VARCHAR",
    "folded": "JSON",
    "boilerplate": "VARCHAR",
    "slots": "VARCHAR",
    **{f"{kind}_mentions": "UINTEGER" for kind in KINDS},
    "file": "JSON",
    "part": "UBIGINT",
    "digest": "VARCHAR",
    "names": "JSON",
    "line_at": "UBIGINT",
    "line_length": "UBIGINT",
    "mentions_at": "UBIGINT",
    "mentions_length": "UBIGINT",
}
TABLES: dict[str, dict[str, str]] = {
    # `home` names the story, `length` and `signature` serve the search for reprints; `slots` holds per mention the slots (below) of the records it
    # belongs to, after it stands how many of each kind they are; `file`, `part`, `digest` and `names` tell a later run whether the article needs work again; the rest says where the article's line and its
    # mentions' lines stand: in the spools, and at the end of a run in the output's files.
    "articles": _ARTICLES,
    # A content key in an article. `key` is the number in a record's id; `base` that of the key less its home, where it is its story's own.
    "sightings": {
        "article": "UBIGINT",
        "slot": "UINTEGER",
        "kind": "UTINYINT",
        "key": "UBIGINT",
        "base": "UBIGINT",
        "count": "UINTEGER",
        "value": "VARCHAR",
        "surfaces": "VARCHAR",
        "printed": "VARCHAR",
        "examples": "VARCHAR",
        "head": "VARCHAR",
    },
    # An agreement as an article tells it; its slots go on where those of the sightings end.
    "events": {
        "article": "UBIGINT",
        "slot": "UINTEGER",
        "key": "UBIGINT",
        "base": "UBIGINT",
        "refs": "UBIGINT[]",
        "head": "VARCHAR",
        "facts": "VARCHAR",
        "event": "VARCHAR",
    },
}
"""The columns of the tables that workers fill."""

CONCLUSIONS = ("merged", "reprints", "compared")
"""The tables that dedupe makes of them and leaves for a later run."""

WORK = "work"
"""The schema of tables that only this run needs; all others stay in the state of an output."""


class Database:
    """The tables of a run. Rows are set aside as files and read in many at a time."""

    def __init__(self, folder: Path, earlier: Path | None = None) -> None:
        """A database in `folder`, which is made.

        Args:
            folder: Holds the database and all that DuckDB sets aside.
            earlier: The file of an earlier run's database, which this one goes on from; it is copied.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.path = folder / NAME
        if earlier is not None:
            shutil.copyfile(earlier, self.path)
        self._temporary = folder / "temporary"
        self._temporary.mkdir(exist_ok=True)
        config: dict[str, str | bool | int | float | list[str]] = {
            "threads": THREADS,
            "memory_limit": MEMORY_LIMIT,
            "temp_directory": str(self._temporary),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "preserve_insertion_order": False,
        }
        import duckdb  # not before a pipeline is loaded, where one is: see `pipeline.without_collector`

        self._connection = duckdb.connect(str(self.path), config=config)
        self._connection.execute(f"ATTACH ':memory:' AS {WORK}")  # what only this run needs: never compressed, never written but to make room
        self._spools: dict[str, BinaryIO] = {table: (self._temporary / f"{table}.tsv").open("wb", _SPOOL_BUFFER) for table in TABLES}
        self._longest = _LONG_LINE
        self.goes_on = earlier is not None
        self._settled = not self.goes_on
        self._connection.execute(f"CREATE TABLE {WORK}.earlier (article UBIGINT)")
        for table, columns in () if self.goes_on else TABLES.items():
            kinds = ", ".join(f"{name} {'VARCHAR' if kind == 'JSON' else kind}" for name, kind in columns.items())
            self._connection.execute(f"CREATE TABLE {table} ({kinds})")

    def close(self) -> None:
        """Closes the file and removes what was set aside. Closing twice does no harm."""
        for spool in self._spools.values():
            spool.close()
        self._connection.close()
        shutil.rmtree(self._temporary, ignore_errors=True)

    def add(self, table: str, rows: bytes) -> None:
        """Sets rows of a table aside, and reads in what was set aside when it is much."""
        if len(rows) > self._longest:  # as few articles' are
            self._longest = max(self._longest, *map(len, rows.split(b"\n")))
        spool = self._spools[table]
        spool.write(rows)
        if spool.tell() >= _SPOOL_SIZE and self._settled:
            self._load(table)

    def keep(self, articles: list[int]) -> None:
        """Leaves, of an earlier run's rows, those of some articles (`work.earlier`).

        What that run concluded then stands in `work.earlier_merged`, `work.earlier_reprints` and `work.earlier_compared`, the keys of which rows are
        gone in `work.gone`. Rows of this run are read in only after it: an article that is worked on again has the number that it had.
        """
        self.fill(f"{WORK}.earlier", {"article": "UBIGINT"}, [(article,) for article in articles])
        for table in CONCLUSIONS:
            self.run(f"CREATE TABLE {WORK}.earlier_{table} AS FROM {table}")
            self.run(f"DROP TABLE {table}")
        agreement = KINDS.index("agreement")
        gone = f"ANTI JOIN {WORK}.earlier USING (article)"
        self.run(f"CREATE TABLE {WORK}.gone AS SELECT kind, key FROM sightings {gone} UNION SELECT {agreement}::UTINYINT, key FROM events {gone}")
        for table in TABLES:
            self.run(f"DELETE FROM {table} WHERE article NOT IN (FROM {WORK}.earlier)")
        self._settled = True

    def load(self) -> None:
        """Reads in all rows that were set aside."""
        for table in TABLES:
            self._load(table)

    def _load(self, table: str) -> None:
        spool, columns = self._spools[table], TABLES[table]
        spool.flush()
        line = self._longest + 1
        given = ", ".join(f"'{name}': '{'VARCHAR' if kind == 'JSON' else kind}'" for name, kind in columns.items())
        taken = ", ".join(f"({name}::JSON)->>'$' AS {name}" if kind == "JSON" else name for name, kind in columns.items())
        self.run(
            f"INSERT INTO {table} SELECT {taken} FROM read_csv(?, columns = {{{given}}}, "
            f"{_FORMAT}, max_line_size = {line}, buffer_size = {max(_READ_BUFFER, 2 * line)})",
            [spool.name],
        )
        spool.seek(0)
        spool.truncate()

    def run(self, statement: str, values: list[Any] | None = None) -> None:
        """Executes a statement that gives no rows."""
        self._connection.execute(statement, values)

    def rows(self, query: str, values: list[Any] | None = None) -> Iterator[tuple[Any, ...]]:
        """The rows of a query. Several may be read side by side."""
        cursor = self._connection.cursor()
        cursor.execute(query, values)
        while batch := cursor.fetchmany(BATCH):
            yield from batch

    def batches(self, query: str) -> Iterator[tuple[list[Any], list[Any]]]:
        """The rows of a query of two columns, as two lists for some thousands of them at a time."""
        cursor = self._connection.cursor()
        cursor.execute(query)
        while batch := cursor.fetchmany(BATCH):
            keys, lines = zip(*batch, strict=True)
            yield list(keys), list(lines)

    def columns(self, query: str) -> dict[str, npt.NDArray[Any]]:
        """The columns of a query's rows, as arrays."""
        found: dict[str, Any] = self._connection.execute(query).fetchnumpy()
        return found

    def fill(self, table: str, columns: dict[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
        """A new table with rows made here."""
        given = {
            name: np.array(values, dtype=np.uint64) if kind in _WHOLE else np.array([None if v is None else str(v) for v in values], dtype=object)
            for (name, kind), values in zip(columns.items(), zip(*rows, strict=True) if rows else [()] * len(columns), strict=True)
        }
        self._connection.register("given", given)
        self.run(f"CREATE OR REPLACE TABLE {table} AS SELECT {', '.join(f'{name}::{kind} AS {name}' for name, kind in columns.items())} FROM given")
        self._connection.unregister("given")


class KnownArticle(NamedTuple):
    """An article that an earlier run has worked through: its number, the file, part and source that it was read from, and the digest of what was read."""

    article: int
    file: str
    part: int
    source: str
    digest: str


class DatabaseError(ValueError):
    """A file that is no database of a run, or a damaged one."""


@contextmanager
def _reading(path: Path) -> Iterator["DuckDBPyConnection"]:
    import duckdb

    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            yield connection
    except duckdb.Error as error:
        raise DatabaseError(f"{path}: {error}") from None


def known_articles(path: Path) -> list[KnownArticle]:
    """The articles in the database of an earlier run.

    Raises:
        DatabaseError: the file is no database that can be read.
    """
    with _reading(path) as connection:
        found = connection.execute("SELECT article, file, part, source, digest FROM articles ORDER BY article").fetchall()
    return [KnownArticle(*row) for row in found]


def known_texts(path: Path) -> Iterator[tuple[int, str, str]]:
    """The number and source of each article in the database of an earlier run, and all of it that rules have seen, folded; in no order.

    Raises:
        DatabaseError: the file is no database that can be read.
    """
    with _reading(path) as connection:
        cursor = connection.execute("SELECT article, source, folded || chr(10) || names FROM articles")
        while batch := cursor.fetchmany(BATCH):
            yield from batch
