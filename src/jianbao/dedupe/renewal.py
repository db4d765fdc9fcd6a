"""What of an earlier output has to be made anew: records that changed articles, merges, reprints or lexicons may alter, and articles whose links they alter.

A record is told by its keys: what their articles say, what the keys are joined to and why, which articles tell one story, what lexicons call it.
Where none of that differs, its line is the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from jianbao.dedupe.database import Database
from jianbao.dedupe.keys import hash_number
from jianbao.folding import fold
from jianbao.lexicon import OrganisationEntry, RegionEntry
from jianbao.records import KINDS
from jianbao.revision import EntryChange

_AGREEMENT = KINDS.index("agreement")
_REGION = KINDS.index("region")
_ORGANISATION = KINDS.index("organisation")

# Rows that only one of two tables has.
_DIFFERENCE = "((FROM {new} EXCEPT FROM {old}) UNION ALL (FROM {old} EXCEPT FROM {new}))"


@dataclass(slots=True)
class Renamed:
    """Keys whose records changed lexicons may name or describe otherwise."""

    _regions: frozenset[str]
    _names: frozenset[str]
    _bodies: set[int] = field(default_factory=set)

    def see(self, key: int, name: str) -> None:
        """Takes in the key of an organisation and its folded name."""
        if name in self._names:
            self._bodies.add(key)

    def keys(self) -> list[tuple[int, int]]:
        """The kind and number of each key."""
        regions = [(_REGION, hash_number(f"region|{code}")) for code in sorted(self._regions)]
        return regions + [(_ORGANISATION, key) for key in sorted(self._bodies)]


def renamed_by(changes: Iterable[EntryChange]) -> Renamed:
    """What changed entries name: places by code, bodies by name."""
    entries = [entry for change in changes for entry in (change.old, change.new)]
    regions = frozenset(entry.code for entry in entries if isinstance(entry, RegionEntry))
    bodies = [entry.hans for entry in entries if isinstance(entry, OrganisationEntry)]
    return Renamed(regions, frozenset(bodies).union(map(fold, bodies)))


class Renewal:
    """Finds what changed since an earlier run; of a run that goes on from none, everything is new.

    `keys` and `articles` are put behind a table in a FROM clause, to leave the rows of records or articles that are to be made.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._goes_on = database.goes_on
        self.keys = "SEMI JOIN work.renewed USING (kind, key)" if self._goes_on else ""
        self.articles = "SEMI JOIN work.relinked USING (article)" if self._goes_on else ""

    def compared(self) -> Iterator[tuple[tuple[int, int], Decimal]]:
        """How much the earlier run found two articles to have in common, by their ages."""
        if self._goes_on:
            query = (
                "SELECT first.age, again.age, score FROM work.earlier_compared AS compared "
                "JOIN work.ordered AS again ON again.article = compared.article JOIN work.ordered AS first ON first.article = compared.original "
                "SEMI JOIN work.earlier AS kept ON kept.article = compared.article SEMI JOIN work.earlier AS told ON told.article = compared.original "
                "WHERE first.age < again.age"
            )
            yield from (((first, again), score) for first, again, score in self._database.rows(query))

    def fresh_ages(self) -> set[int] | None:
        """The ages of articles that were worked on; None for all."""
        if not self._goes_on:
            return None
        return {age for (age,) in self._database.rows("SELECT age FROM work.ordered ANTI JOIN work.earlier USING (article)")}

    def find(self, renamed: Sequence[tuple[int, int]]) -> None:
        """Finds what is to be made, once merges and reprints are known.

        Args:
            renamed: Keys whose records lexicons may name otherwise.
        """
        database = self._database
        if not self._goes_on:
            database.run("CREATE TABLE work.relinked AS SELECT article FROM articles")
            return
        merged = _DIFFERENCE.format(new="merged", old="work.earlier_merged")
        retold = _DIFFERENCE.format(new="(SELECT article, original FROM reprints)", old="(SELECT article, original FROM work.earlier_reprints)")
        database.fill("work.renamed", {"kind": "UTINYINT", "key": "UBIGINT"}, list(renamed))
        database.run(f"CREATE TABLE work.retold_articles AS SELECT DISTINCT article FROM {retold}")
        database.run(f"CREATE TABLE work.regrouped AS SELECT DISTINCT kind, key FROM {merged}")
        database.run(
            f"CREATE TABLE work.told AS SELECT article, kind, key FROM sightings UNION ALL SELECT article, {_AGREEMENT}::UTINYINT, key FROM events"
        )
        database.run(
            "CREATE TABLE work.changed AS "
            "SELECT kind, key FROM work.gone UNION SELECT kind, key FROM work.told ANTI JOIN work.earlier USING (article) "
            "UNION SELECT kind, key FROM work.told SEMI JOIN work.retold_articles USING (article) "
            "UNION FROM work.regrouped UNION FROM work.renamed "
            f"UNION SELECT {_AGREEMENT}, key FROM (SELECT key, unnest(refs) AS ref FROM events) SEMI JOIN work.regrouped AS moved ON moved.key = ref"
        )
        # The records that a changed key was and is in, and the record that the first key of the former one is in now.
        was = "SELECT kind, coalesce(root, key) AS key FROM work.changed LEFT JOIN work.earlier_merged USING (kind, key)"
        database.run(f"CREATE TABLE work.former AS SELECT DISTINCT * FROM ({was})")
        database.run(
            "CREATE TABLE work.roots AS SELECT DISTINCT kind, coalesce(root, key) AS root "
            "FROM (FROM work.changed UNION FROM work.former) LEFT JOIN merged USING (kind, key)"
        )
        database.run(
            "CREATE TABLE work.renewed AS SELECT kind, root AS key FROM work.roots "
            "UNION SELECT kind, key FROM merged SEMI JOIN work.roots USING (kind, root)"
        )
        database.run(
            "CREATE TABLE work.relinked AS SELECT article FROM articles ANTI JOIN work.earlier USING (article) "
            "UNION FROM work.retold_articles UNION SELECT article FROM work.told SEMI JOIN work.regrouped USING (kind, key)"
        )

    def dropped(self, kind: int) -> set[int]:
        """The numbers of the earlier output's records of a kind that are made anew or no more."""
        if not self._goes_on:
            return set()
        query = "SELECT key FROM work.former WHERE kind = ? UNION SELECT root FROM work.roots WHERE kind = ?"
        return {number for (number,) in self._database.rows(query, [kind, kind])}
