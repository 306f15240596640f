"""The demonstrations there are, by the name the command takes."""

from demo.content import Demonstration
from demo.slic import DEMONSTRATION as SLIC
from demo.swl import DEMONSTRATION as SWL

DEMONSTRATIONS: dict[str, Demonstration] = {d.slug: d for d in (SLIC, SWL)}
