"""Where the weights are: the panel, what is available, link checks.

Looking at disks belongs to `registry`, asking servers to `links`; here both are asked
in the background and shown.
"""
