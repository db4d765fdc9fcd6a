"""The rooms put together for one article."""

from jianbao.resolvers.parties.antecedents import Antecedents
from jianbao.resolvers.parties.both import Both
from jianbao.resolvers.parties.chains import Chains
from jianbao.resolvers.parties.heads import Heads
from jianbao.resolvers.parties.issuers import Issuers
from jianbao.resolvers.parties.names import Names
from jianbao.resolvers.parties.officers import Officers
from jianbao.resolvers.parties.party import Parties
from jianbao.resolvers.parties.persons import Persons
from jianbao.resolvers.parties.shapes import Shapes
from jianbao.resolvers.parties.signers import Signers
from jianbao.resolvers.parties.subjects import Subjects
from jianbao.resolvers.parties.trim import Trim
from jianbao.resolvers.parties.view import View
from jianbao.resolvers.parties.words import Words
from jianbao.text import Text


class PartyReader:
    """The parties that an article's words name.

    Args:
        text: An article whose mentions are resolved, in written order.
        words: What the lexicons and the dictionary say of words.

    Attributes:
        view: Where names stand.
        signers: Reads who signs.
        issuers: Reads who issues.
    """

    def __init__(self, text: Text, words: Words) -> None:
        view = View(text)
        names = Names(view)
        shapes = Shapes(view, words)
        trim = Trim(view, words)
        parties = Parties(view, words, names, shapes, trim, Officers(view, words, names, shapes))
        heads = Heads(view, names, trim, parties)
        chains = Chains(view, words, trim, parties)
        antecedents = Antecedents(view, names, trim, heads)
        subjects = Subjects(view, shapes, trim, heads, antecedents)
        both = Both(view, names, parties, chains, subjects)
        self.view = view
        self.signers = Signers(
            view, names, trim, parties, chains, heads, antecedents, subjects, both, Persons(view, words, parties, antecedents, both)
        )
        self.issuers = Issuers(view, names, trim, parties, heads)
