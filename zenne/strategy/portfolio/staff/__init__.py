"""The back office of plans: `plans` (the list, one plan at a glance, its words), `frame` (domains, objectives, departments, partners), `listing` (its projects),
`project` (one project at a glance, its way), `sheet` (its words, two editors at once), `rows` (what hangs on it), `needs`, `scoring`, `versions`."""
