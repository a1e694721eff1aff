"""What Callboard costs beside simpler tools doing less, measured side by side in one run. `make bench`."""
