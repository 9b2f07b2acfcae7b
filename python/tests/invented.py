"""Short articles, as many as wanted, made from sentences and names that nobody
said and nobody bears. The same number always gives the same articles."""

from collections.abc import Iterator
from random import Random

_GIVEN = "Noor Iris Youssef Griet Bart Fatima Joëlle René Tim Anna Peter Sanne Mehmet Lotte".split()
_FAMILY = (
    "Bakker,Veenstra,el Amrani,Vander Meulen,De Coninck,Ben Saïd,de Graaf,Verhoeven,"
    "Jansen,Visser,Smit,van den Berg,Yılmaz,Peeters"
).split(",")
_FUNCTIONS = (
    "wethouder,burgemeester,dijkgraaf,woordvoerder,voorzitter,trainer,slager,bewoner,"
    "schepen van Openbare Werken,hoogleraar,directeur,minister"
).split(",")
_PLACES = "Gouda Wervelgem Zwolle Terneuzen Kampen Ninove Den Haag Harlingen".split()
_SAID = (
    "We gaan hier nog lang mee door.,De brug blijft voorlopig dicht.,"
    "Dat hadden we eerder moeten doen.,Het water staat te hoog.,"
    "Niemand heeft ons iets gevraagd!,Wie betaalt dat straks?,"
    "De plannen liggen klaar en we beginnen maandag.,Zo kan het niet langer."
).split(",")
_CONTENTS = (
    "de brug pas in mei weer opengaat,het plan te duur wordt,de bomen moeten blijven,"
    "er meer agenten nodig zijn,de school volgend jaar verhuist,het water zal zakken"
).split(",")
_OUTLOOKS = (
    "duurt het nog jaren,is er genoeg geld,komt het allemaal goed,was de politie te laat,"
    "moet de dijk hoger"
).split(",")
_FILLERS = (
    "Het regende de hele dag.,De raad vergaderde tot middernacht.,"
    "Er stonden ruim tweehonderd mensen op het plein.,In de zaal was het stil.,"
    "De stemming is op donderdag.,'Puur Natuur' heet het project."
).split(",")
_MARKS = [('"', '"'), ("„", "”"), ("“", "”"), ("‘", "’"), ("«", "»"), ("'", "'")]
_VERBS = "zegt vindt stelt meent benadrukt zei".split()


def articles(count: int) -> Iterator[tuple[str, str]]:
    """Pairs of an identifier and a text."""
    for number in range(count):
        yield f"a{number:06}", _article(Random(number))


def _article(random: Random) -> str:
    one, other = _name(random), _name(random)
    family = one.split(" ", 1)[1]
    opening, closing = random.choice(_MARKS)

    def quoted() -> tuple[str, str]:
        said = random.choice(_SAID)
        return f"{opening}{said.rstrip('.')}{closing}", f"{opening}{said}{closing}"

    inside, whole = quoted()
    place, function = random.choice(_PLACES), random.choice(_FUNCTIONS)
    sentences = [
        f"{inside}, {random.choice(_VERBS)} {function} {one} van {place}.",
        f"Volgens {random.choice(['haar', 'hem', family])} {random.choice(_OUTLOOKS)}.",
        f"Ook {random.choice(_FUNCTIONS)} {other} zegt dat {random.choice(_CONTENTS)}.",
        f"{quoted()[1]} {quoted()[1]}",
        random.choice(_FILLERS),
        f"{family} reageert: {whole}",
        f"In {place} denkt {other} dat {random.choice(_CONTENTS)}.",
    ]
    chosen = random.sample(sentences, random.randint(2, 5))
    title = [] if random.random() < 0.5 else [f"{one}: {inside}"]
    return "\n\n".join([*title, " ".join(chosen[:2]), *chosen[2:]])


def _name(random: Random) -> str:
    return f"{random.choice(_GIVEN)} {random.choice(_FAMILY)}"
