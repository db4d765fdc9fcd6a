"""Short names and aliases of organisations: 中诚信国际, once its full name has been given, is known in the whole article."""

from spacy.language import Language

from jianbao.component import ResolverComponent
from jianbao.text import Text


class AliasResolver:
    """Makes the short names of an article's organisations known wherever they stand in it."""

    def resolve(self, text: Text) -> None:
        """Adds mentions of short names."""


@Language.factory("jianbao_aliases")
def make_aliases(nlp: Language, name: str) -> ResolverComponent:
    """The component that makes short names known."""
    return ResolverComponent(AliasResolver())
