"""Makes the set-up's modules importable, which lie beside each other and are no package."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging"))
