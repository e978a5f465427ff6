"""What the shop takes from its environment: typed values, how they are read, what they are refused for."""

from shop.config.reading import read_config
from shop.config.values import ROOT, Config
from shop.config.variables import ALIASES, ConfigError

__all__ = ["ALIASES", "ROOT", "Config", "ConfigError", "read_config"]
