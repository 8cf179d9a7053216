"""Places: sets of areas that are never mixed, measures of them, and profiles.

The data are files that a data library may hold below `places/`: producers' files, which an overlay brings, or the values that pages of areas show,
which the library keeps for good.
"""

from evidence.places.areas import Area, unfit
from evidence.places.atlas import Atlas, region_slug
from evidence.places.boundaries import AreaSet, one_set
from evidence.places.facts import COUNTRY, Fact
from evidence.places.files import FOLDER
from evidence.places.held import PlaceData
from evidence.places.keeping import Kept, differing, keep
from evidence.places.measures import Measure, grouped
from evidence.places.preparing import Prepared, prepare, write_grid
from evidence.places.profiles import Profile, find, profile
from evidence.places.tiles import CHOICE, FINDER, TILES, tile_map
