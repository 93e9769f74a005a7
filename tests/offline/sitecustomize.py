"""Guards the network in every Python process that a test starts: Python imports it by itself."""

import os

import network_guard

if network_guard.ATTEMPTS_FILE in os.environ:
    network_guard.install()
