"""Articles, as many as wanted, made from sentences and names that nobody said and
nobody bears: short ones, and as every tenth one of 300 words and more. The same
number always gives the same article."""

from collections.abc import Iterator
from itertools import cycle
from random import Random
from typing import NamedTuple

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
_BODIES = (
    "Stichting Open Oever,vakbond HavenSamen,Waterschap Bovenmark,de Bond van Veerlieden,"
    "actiegroep Brug Vrij,het Steunpunt Verkeer,de Dorpsraad"
).split(",")
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
_LONG_SAID = (
    "We hebben jarenlang gewaarschuwd voor roest in de pijlers, en telkens kregen we te horen "
    "dat er eerst een onderzoek moest komen.",
    "Als de veerpont ook nog uitvalt, moeten kinderen elke ochtend veertig minuten omfietsen.",
    "Je kunt een kade niet met plakband bij elkaar houden; op een dag zakt de hele boel in.",
    "Wij zijn niet tegen het plan, maar we willen wel weten wie er opdraait voor de schade.",
    "Het geld is er, de vergunning is er, en toch staat er na twee jaar nog geen hek.",
    "Ik heb die vergadering bijgewoond en er is met geen woord over de molen gesproken.",
    "Vroeger belde je de sluiswachter en dan ging de brug open, nu krijg je een keuzemenu.",
    "Mijn oma zei altijd dat je een dijk pas mist wanneer hij er niet meer is.",
)
_LONG_CONTENTS = (
    "de aannemer het staal pas na de zomer kan leveren",
    "de helft van de winkels in het centrum omzet heeft verloren door de afsluiting",
    "er in het voorjaar opnieuw met de omwonenden wordt gepraat",
    "het hoogheemraadschap de kosten van de tijdelijke pont niet voor zijn rekening neemt",
    "de oude pijlers nog zeker vijf winters meegaan als er geen ijs komt",
    "de gemeente in haar berekening het onderhoud van de sluis is vergeten",
)
_LONG_FILLERS = (
    "De brug werd in 1931 gebouwd en is sindsdien drie keer verbreed, het laatst toen de "
    "veiling naar de overkant verhuisde en er op marktdagen files tot in het dorp stonden.",
    "In het dossier van ruim tweehonderd bladzijden staan foto's van scheuren, tabellen met "
    "meetwaarden en een brief uit het jaar waarin de sluis voor het eerst weigerde.",
    "Op de tafel in de raadszaal lag een maquette van karton, waarvan een van de masten "
    "halverwege de avond omviel; niemand zette hem weer overeind.",
    "De vissers die vroeger aan de steiger lagen, zijn uitgeweken naar een haven twaalf "
    "kilometer verderop, waar het liggeld hoger is maar de diepgang groter.",
    "De zogenoemde 'zwaluwroute' langs het kanaal, een fietspad op palen, blijft tijdens de "
    "werkzaamheden open, behalve op dagen waarop er wordt geheid.",
    "Wie met de bus komt, stapt over bij het oude postkantoor en loopt de laatste honderd "
    "meter over een loopplank die de brandweer heeft neergelegd.",
)
_MARKS = [('"', '"'), ("„", "”"), ("“", "”"), ("‘", "’"), ("«", "»"), ("'", "'")]
_VERBS = "zegt vindt stelt meent benadrukt zei".split()
_REPORTING = "laat weten,benadrukt,verwacht,betwijfelt niet,erkent,herhaalt,heeft beloofd".split(",")


class Article(NamedTuple):
    id: str
    #: Where it is apart from the text.
    title: str | None
    text: str


def articles(count: int) -> Iterator[Article]:
    """So many of them."""
    for number in range(count):
        random = Random(number)
        make = _long if number % 10 == 9 else _short
        yield Article(f"a{number:06}", *make(random))


def _short(random: Random) -> tuple[str | None, str]:
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
    title = f"{one}: {inside}"
    paragraphs = [" ".join(chosen[:2]), *chosen[2:]]
    # Without a title, in the text, or apart from it.
    match random.randrange(4):
        case 0 | 1:
            return None, "\n\n".join(paragraphs)
        case 2:
            return None, "\n\n".join([title, *paragraphs])
        case _:
            return title, "\n\n".join(paragraphs)


def _long(random: Random) -> tuple[str | None, str]:
    """Several voices, taken up again by pronouns, functions and surnames."""
    opening, closing = random.choice(_MARKS)
    inner_opening, inner_closing = ("'", "'") if opening != "'" else ('"', '"')
    place, body = random.choice(_PLACES), random.choice(_BODIES)
    cast = [(_name(random), random.choice(_FUNCTIONS)) for _ in range(4)]
    says, holds, fillers, voice = (
        cycle(random.sample(list(all), len(all)))
        for all in (_LONG_SAID, _LONG_CONTENTS, _LONG_FILLERS, range(6))
    )

    def quoted(said: str) -> str:
        return f"{opening}{said}{closing}"

    def inside(said: str) -> str:
        return f"{opening}{said.rstrip('.')}{closing}"

    paragraphs = [
        f"{_capital(body)} is boos over de afgesloten brug in {place}. "
        f"Volgens voorzitter {cast[0][0]} {random.choice(_OUTLOOKS)}."
    ]
    turn = 0
    # As many turns as make 300 words, and up to 100 more.
    wanted = 300 + random.randrange(100)
    while sum(len(paragraph.split()) for paragraph in paragraphs) < wanted:
        name, function = cast[turn % len(cast)]
        family = name.split(" ", 1)[1]
        said, held = next(says), next(holds)
        known = turn >= len(cast)
        who = random.choice([family, f"de {function}"]) if known else f"{function} {name}"
        other = random.choice(_SAID)
        voices = [
            f"{inside(said)}, {random.choice(_VERBS)} {who}. {quoted(other)}",
            f"{_capital(who)} {random.choice(_REPORTING)} dat {held}. "
            f"{inside(other)}, aldus {family}.",
            f"{_capital(who)} ziet het anders. {quoted(said)} En over de kosten: {quoted(other)}",
            f"Dat {held}, noemt {who} {inside('een gotspe')}. Volgens "
            f"{random.choice(['haar', 'hem'])} {random.choice(_OUTLOOKS)}.",
            f"{_capital(who)} zegt dat een ambtenaar haar toeriep: {inner_opening}{other}"
            f"{inner_closing} Een woordvoerder van {body} wil daar niet op ingaan.",
            f"{opening}{said}\n\n{opening}{next(says)}{closing} Dat zei {who} "
            f"gisteren tegen omroep Oeverland.",
        ]
        paragraphs.append(voices[next(voice)])
        if random.random() < 0.6:
            paragraphs.append(next(fillers))
        turn += 1
    title = f"{_capital(body)}: {inside(random.choice(_SAID))}"
    text = "\n\n".join(paragraphs)
    return (title, text) if random.random() < 0.5 else (None, f"{title}\n\n{text}")


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _name(random: Random) -> str:
    return f"{random.choice(_GIVEN)} {random.choice(_FAMILY)}"
