"""What takes how long, how much memory, and how well it is done: ours beside others.

`make bench` and `make bench-peers` run it. All figures are ratios of commands that took turns on
the same inputs in one run, so they hold when a machine is busy or its speed drifts: of several
rounds the least time counts, since nothing makes a command faster than it is. Nothing is asserted.
"""
