"""Maps: the communes' outlines always; streets behind them from the Region's UrbIS or any other XYZ or WMTS source.

An installation that others can reach uses UrbIS unless BASEMAP_URL says otherwise: `none`, `urbis`, or an address with {z}, {x} and {y}.
A local one uses nothing from elsewhere. UrbIS asks for its credit line on every map.
"""

from .environment import ENVIRONMENT

_URBIS = "https://geoservices-urbis.irisnet.be/geowebcache/service/wmts/rest/"
_CHOSEN = ENVIRONMENT.basemap_url or ("urbis" if ENVIRONMENT.public else "none")
if _CHOSEN == "urbis":
    # the French map; `areas.queries.base_map` takes the Dutch one for Dutch pages
    BASEMAP_URL = f"{_URBIS}urbisFRGray/default/EPSG:900913/EPSG:900913:{{z}}/{{y}}/{{x}}?format=image/png"
    BASEMAP_CREDIT = ENVIRONMENT.basemap_credit or "UrbIS © Paradigm"
    BASEMAP_SOURCES = [_URBIS]
else:
    BASEMAP_URL = "" if _CHOSEN == "none" else _CHOSEN
    BASEMAP_CREDIT = ENVIRONMENT.basemap_credit
    # a host pattern such as https://{s}.tile.example.org would leave no origin to allow: name one host
    BASEMAP_SOURCES = [BASEMAP_URL.split("{")[0].rsplit("/", 1)[0] + "/"] if BASEMAP_URL else []
