"""Where files lie: a folder of the machine, or a bucket. Both keep them by key, `<folder>/<name>`."""
