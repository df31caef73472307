"""A plan's file that has one of everything, small enough to read: what the tests change a word of."""

TEXT = """
plan:
  key: green-town
  organisation: jette
  from: 2020-01-01
  until: 2030-12-31
  as_of: 2023-03-31
  areas: [commune:21010]
  name: {fr: Ville verte, nl: Groene stad, en: Green town}
  summary: {fr: Un plan, nl: Een plan, en: A plan}
  bodies:
    - {role: cell, name: {fr: Cellule verte, nl: Groene cel, en: Green cell}}
  validation:
    role: college
    reference: C-2023-03
    decided_on: 2023-03-20
    body: {fr: Collège, nl: College, en: College}
    reason: {fr: Décidé, nl: Beslist, en: Decided}
documents:
  - key: printed
    published: 2023-03-31
    title: {fr: Le plan imprimé, nl: Het gedrukte plan, en: The printed plan}
departments:
  - key: parks
    name: {fr: Espaces verts, nl: Groen, en: Parks}
partners:
  - key: university
    helix: knowledge
    name: {fr: Université, nl: Universiteit, en: University}
domains:
  - key: trees
    kind: domain
    icon: leaf
    motif: leaf
    hue: 1
    name: {fr: Arbres, nl: Bomen, en: Trees}
    text: {fr: Des arbres, nl: Bomen, en: Trees}
  - key: means
    kind: foundation
    name: {fr: Moyens, nl: Middelen, en: Means}
    text: {fr: Des moyens, nl: Middelen, en: Means}
objectives:
  - key: shade
    domains: [trees, means]
    title: {fr: De l'ombre, nl: Schaduw, en: Shade}
projects:
  - key: plane-trees
    domain: trees
    state: ongoing
    carrier: parks
    departments: [parks]
    partners: [university]
    objectives: [shade]
    points: [{lon: 4.32, lat: 50.88, name: {fr: Parc, nl: Park, en: Park}}]
    starts: 2021-01-01
    ends: 2025-12-31
    source: {document: printed, section: "5.1"}
    note: {fr: Deux versions, nl: Twee versies, en: Two versions}
    health: {state: at_risk, day: 2023-03-01, reason: {fr: Sec, nl: Droog, en: Dry}}
    title: {fr: Platanes, nl: Platanen, en: Plane trees}
    summary: {fr: On plante, nl: Er wordt geplant, en: Trees are planted}
    why: {fr: Il fait chaud, nl: Het is warm, en: It is hot}
    milestones:
      - {key: first, due: 2022-12-31, done: 2022-11-30, title: {fr: Premiers, nl: Eerste, en: First}}
      - {key: last, due: 2025-12-31, title: {fr: Derniers, nl: Laatste, en: Last}}
    budget:
      - {key: town, source: own, year: 2022, planned: 1000.50, committed: 900, spent: 950.25, reference: C-2022-1, decided_on: 2022-01-10}
      - {key: region, source: regional, funder: Region, planned: 500}
  - key: tree-school
    domain: means
    state: validated
    depends_on: [plane-trees]
    title: {fr: École des arbres, nl: Bomenschool, en: Tree school}
    summary: {fr: On apprend, nl: Er wordt geleerd, en: People learn}
    why: {fr: Pour soigner, nl: Om te verzorgen, en: To care for them}
  - key: orchard
    domain: trees
    state: shortlisted
    areas: [district:72]
    title: {fr: Verger, nl: Boomgaard, en: Orchard}
    summary: {fr: Des pommes, nl: Appels, en: Apples}
    why: {fr: Pour tous, nl: Voor iedereen, en: For everyone}
indicators:
  - key: trees-planted
    unit: ""
    direction: up
    frequency: year
    evidence: reported
    source: {document: printed, section: "5.1"}
    projects: [plane-trees]
    objectives: [shade]
    domains: [trees]
    baseline: {day: 2020-12-31, value: 0}
    name: {fr: Arbres plantés, nl: Geplante bomen, en: Trees planted}
    meaning: {fr: Comptés, nl: Geteld, en: Counted}
    targets: [{day: 2025-12-31, value: 100}]
    measurements:
      - {from: 2021-01-01, to: 2021-12-31, value: 20, low: 18}
      - {from: 2022-01-01, to: 2022-12-31, value: 45, evidence: measured, area: commune:21010}
"""


def told(*changes: tuple[str, str], text: str = TEXT) -> bytes:
    """The file with words replaced; each stands in it exactly once."""
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text.encode()
