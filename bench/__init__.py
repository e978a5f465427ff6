"""The speed bench: the shop beside a bare Flask page on the same machine, in ratios. `bin/bench`; docs/measured.md."""
