"""Footnote's engine: answers from the user's own files, every sentence with its source."""

import os

# Before torch or llama.cpp are loaded: OpenMP's threads spin while they wait for each other, and as
# soon as anything else runs on their cores that costs up to three quarters of the speed.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
# Before numpy is loaded: many small products are computed for a question, and waking a second core
# for each takes sixty times as long when that core is busy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
