"""Words for invented ideas and comments in volume. Lists run from frequent to rare, and are drawn so: the n-th word about n times less often."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random


@dataclass(frozen=True)
class Tongue:
    """One language. `{thing}` and `{place}` in a phrase are filled."""

    things: Sequence[str]
    titles: Sequence[str]
    begins: Sequence[str]
    goes_on: Sequence[str]
    ends: Sequence[str]
    comments: Sequence[str]
    answers: Sequence[str]
    reason: str


TONGUES: dict[str, Tongue] = {
    "fr": Tongue(
        things=(
            "des arbres",
            "des bancs",
            "une piste cyclable",
            "un passage piéton",
            "des poubelles",
            "un potager partagé",
            "une fontaine d'eau",
            "un éclairage plus doux",
            "une plaine de jeux",
            "un local à vélos",
            "une rue scolaire",
            "un compost de quartier",
            "des toilettes publiques",
            "un marché hebdomadaire",
            "une boîte à livres",
            "un atelier de réparation",
            "une zone 30",
            "un arrêt de bus abrité",
            "une salle pour les jeunes",
            "des bornes de recharge",
            "une façade plantée",
            "un jardin de pluie",
            "une cantine de quartier",
            "un terrain de pétanque",
            "une piste de skate",
            "des nichoirs",
            "un parcours sportif",
            "une bibliothèque d'objets",
        ),
        titles=(
            "{Thing} {place}",
            "Et si on installait {thing} {place} ?",
            "{Thing} pour le quartier, {place}",
            "Nous voulons {thing} {place}",
        ),
        begins=(
            "Je passe tous les jours {place} et il manque {thing}.",
            "Dans notre rue, {place}, beaucoup de voisins demandent {thing}.",
            "Les enfants traversent {place} pour aller à l'école.",
            "En été, il fait trop chaud {place} : rien ne donne d'ombre.",
            "Depuis les travaux, {place} n'est plus agréable pour les piétons.",
            "Les personnes âgées n'osent plus sortir {place}.",
        ),
        goes_on=(
            "Ma proposition est simple : {thing}, à un endroit que les habitants choisissent ensemble.",
            "Avec {thing}, les gens s'arrêteraient et se parleraient.",
            "D'autres communes l'ont fait et cela fonctionne bien.",
            "Le coût resterait limité si l'entretien est partagé avec un comité de quartier.",
            "Il faudrait d'abord un essai de six mois, puis une évaluation publique.",
            "Les commerçants seraient prêts à participer.",
            "On pourrait commencer par {thing} et voir ensuite.",
        ),
        ends=(
            "Merci de lire cette idée.",
            "Je suis prête à aider.",
            "Qui veut en parler avec moi ?",
            "Le quartier y gagnerait.",
        ),
        comments=(
            "Très bonne idée, je soutiens.",
            "D'accord, mais qui va entretenir {thing} ?",
            "Il y a déjà {thing} un peu plus loin, {place}.",
            "Chez nous aussi, {place}, on en a besoin.",
            "Je préférerais {thing}.",
            "Attention au bruit le soir.",
            "Pensez aussi aux personnes en fauteuil roulant.",
            "Et les places de parking ?",
        ),
        answers=(
            "Le service concerné a étudié la demande. {Thing} est possible à cet endroit ; un essai est prévu au printemps.",
            "L'endroit appartient à la Région. Nous lui avons transmis l'idée et publierons sa réponse ici.",
        ),
        reason="L'idée a été examinée selon les critères publiés sur la page du projet.",
    ),
    "nl": Tongue(
        things=(
            "bomen",
            "zitbanken",
            "een fietspad",
            "een zebrapad",
            "vuilnisbakken",
            "een samentuin",
            "een drinkfontein",
            "zachtere verlichting",
            "een speelplein",
            "een fietsenstalling",
            "een schoolstraat",
            "een buurtcompost",
            "openbare toiletten",
            "een wekelijkse markt",
            "een boekenkastje",
            "een herstelcafé",
            "een zone 30",
            "een overdekte bushalte",
            "een jongerenlokaal",
            "laadpalen",
            "een geveltuin",
            "een regentuin",
            "een buurtkeuken",
            "een petanquebaan",
            "een skatepark",
            "nestkastjes",
            "een beweegparcours",
            "een uitleendienst voor spullen",
        ),
        titles=(
            "{Thing} {place}",
            "Waarom geen {thing} {place}?",
            "{Thing} voor de buurt, {place}",
            "Wij willen {thing} {place}",
        ),
        begins=(
            "Ik kom elke dag {place} voorbij en er ontbreekt iets: {thing}.",
            "In onze straat, {place}, vragen veel buren om {thing}.",
            "Kinderen steken {place} over op weg naar school.",
            "In de zomer is het {place} veel te warm: er is geen schaduw.",
            "Sinds de werken is het {place} niet meer aangenaam voor voetgangers.",
            "Oudere buren durven {place} niet meer buiten te komen.",
        ),
        goes_on=(
            "Mijn voorstel is eenvoudig: {thing}, op een plek die de bewoners samen kiezen.",
            "Met {thing} zouden mensen even blijven staan en met elkaar praten.",
            "Andere gemeenten deden het al en het werkt goed.",
            "De kosten blijven beperkt als een buurtcomité mee voor het onderhoud zorgt.",
            "Begin met een proef van zes maanden en evalueer die in het openbaar.",
            "De handelaars willen graag meedoen.",
            "We kunnen beginnen met {thing} en dan verder kijken.",
        ),
        ends=("Bedankt om dit te lezen.", "Ik wil graag helpen.", "Wie denkt er mee?", "De hele buurt wint erbij."),
        comments=(
            "Heel goed idee, ik steun dit.",
            "Akkoord, maar wie onderhoudt {thing}?",
            "Er is al {thing} wat verderop, {place}.",
            "Ook bij ons, {place}, is dat nodig.",
            "Ik heb liever {thing}.",
            "Let op voor lawaai 's avonds.",
            "Denk ook aan mensen in een rolstoel.",
            "En de parkeerplaatsen dan?",
        ),
        answers=(
            "De bevoegde dienst heeft de vraag bekeken. {Thing} kan op deze plek; in het voorjaar komt er een proef.",
            "De plek is van het Gewest. We hebben het idee doorgegeven en maken het antwoord hier bekend.",
        ),
        reason="Het idee werd beoordeeld volgens de criteria op de pagina van het project.",
    ),
    "en": Tongue(
        things=(
            "trees",
            "benches",
            "a cycle lane",
            "a zebra crossing",
            "litter bins",
            "a shared garden",
            "a drinking fountain",
            "softer lighting",
            "a playground",
            "a bike shed",
            "a school street",
            "a neighbourhood compost",
            "public toilets",
            "a weekly market",
            "a book exchange",
            "a repair café",
            "a 30 km/h zone",
            "a sheltered bus stop",
            "a room for young people",
            "charging points",
            "a planted façade",
            "a rain garden",
            "a neighbourhood kitchen",
            "a pétanque court",
            "a skate park",
            "nest boxes",
            "a fitness trail",
            "a library of things",
        ),
        titles=(
            "{Thing} {place}",
            "Why not {thing} {place}?",
            "{Thing} for the neighbourhood, {place}",
            "We would like {thing} {place}",
        ),
        begins=(
            "I walk {place} every day and something is missing: {thing}.",
            "In our street, {place}, many neighbours ask for {thing}.",
            "Children cross {place} on their way to school.",
            "In summer it is far too hot {place}: there is no shade.",
            "Since the roadworks it is no longer pleasant to walk {place}.",
            "Older neighbours no longer dare to go out {place}.",
        ),
        goes_on=(
            "My proposal is simple: {thing}, in a spot that residents choose together.",
            "With {thing}, people would stop and talk to each other.",
            "Other municipalities did it and it works well.",
            "The cost would stay low if a neighbourhood group shares the upkeep.",
            "Start with a trial of six months and evaluate it in public.",
            "The shopkeepers would like to take part.",
            "We could begin with {thing} and see from there.",
        ),
        ends=(
            "Thank you for reading.",
            "I would be glad to help.",
            "Who would like to talk about it?",
            "Everybody around would gain.",
        ),
        comments=(
            "Very good idea, I support it.",
            "Agreed, but who will look after {thing}?",
            "There is {thing} a little further already, {place}.",
            "We need this {place} too.",
            "I would rather have {thing}.",
            "Mind the noise in the evening.",
            "Please think of people in a wheelchair too.",
            "And what about parking?",
        ),
        answers=(
            "The service concerned looked into it. {Thing} would fit in this place; a trial is planned for the spring.",
            "The place belongs to the Region. We passed the idea on and will publish its answer here.",
        ),
        reason="The idea was judged by the criteria on the page of the project.",
    ),
}
NEAR = {"fr": "près de {}", "nl": "bij {}", "en": "near {}"}
EVERYWHERE = {"fr": "partout à Bruxelles", "nl": "overal in Brussel", "en": "everywhere in Brussels"}


@cache
def _weights(size: int) -> list[float]:
    return list(accumulate(1 / rank for rank in range(1, size + 1)))


def draw(random: Random, words: Sequence[str]) -> str:
    """One of them, the earlier ones more often (Zipf)."""
    return random.choices(words, cum_weights=_weights(len(words)))[0]


class Writer:
    """Writes in one language about one place."""

    def __init__(self, random: Random, language: str, spot: str = "") -> None:
        self.random, self.tongue = random, TONGUES[language]
        self.place = NEAR[language].format(spot) if spot else EVERYWHERE[language]

    def title(self) -> str:
        return self._fill(draw(self.random, self.tongue.titles))[:120]

    def text(self) -> str:
        """Two to four short paragraphs."""
        middle = [self._fill(draw(self.random, self.tongue.goes_on)) for _each in range(self.random.randint(2, 7))]
        middle = list(dict.fromkeys(middle))
        begin, end = self._fill(draw(self.random, self.tongue.begins)), draw(self.random, self.tongue.ends)
        half = len(middle) // 2
        return "\n\n".join(part for part in (begin, " ".join(middle[:half]), " ".join([*middle[half:], end])) if part)

    def comment(self) -> str:
        return self._fill(draw(self.random, self.tongue.comments))

    def answer(self) -> str:
        return self._fill(draw(self.random, self.tongue.answers))

    def _fill(self, phrase: str) -> str:
        thing = draw(self.random, self.tongue.things)
        return phrase.format(thing=thing, Thing=thing[0].upper() + thing[1:], place=self.place)
