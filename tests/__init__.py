"""Tests, mirroring the source; journeys over HTTP; browser in Chromium; bench for measuring."""
