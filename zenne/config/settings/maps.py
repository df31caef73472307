"""Maps: the communes' outlines always; streets from the Region's UrbIS or any other XYZ source where a network allows."""

from .environment import ENVIRONMENT

BASEMAP_URL = ENVIRONMENT.basemap_url
BASEMAP_CREDIT = ENVIRONMENT.basemap_credit
