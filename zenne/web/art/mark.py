"""The mark an organisation wears until it brings its own logo: a stepped gable with a door."""

GROUND = '<rect width="40" height="40" rx="9" {ground}/>'
HOUSE = '<path d="M8 31V18h4v-4h4v-4h8v4h4v4h4v13Z" {house}/><path d="M16 31v-6a4 4 0 0 1 8 0v6Z" {ground}/>'


def mark() -> str:
    """For a page: coloured by the style sheet."""
    shapes = (GROUND + HOUSE).format(ground='class="mark-ground"', house='class="mark-house"')
    return f'<svg class="mark" viewBox="0 0 40 40" aria-hidden="true" focusable="false">{shapes}</svg>'


def favicon(brand: str, accent: str) -> str:
    """For the browser's tab: the same, coloured here because no style sheet reaches it."""
    shapes = (GROUND + HOUSE).format(ground=f'fill="{brand}"', house=f'fill="{accent}"')
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">{shapes}</svg>'
