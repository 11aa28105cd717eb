"""What people are told: problems, and how a sentence names things.

A `Problem` has a severity, a stable code, a place and a sentence. Here are also the
limits of what is read and listed. Nothing here knows the manifest format or any file;
every other room may use it.
"""
