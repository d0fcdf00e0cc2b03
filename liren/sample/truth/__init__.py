"""Truth (样例社区): a whole community as one JSON file, loaded by the real actions."""

from .people import load_people
from .places import Places, load_places
from .reading import CommunityFile, read_community

__all__ = ["CommunityFile", "Places", "load_people", "load_places", "read_community"]
