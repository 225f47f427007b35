"""A small platform on this machine, so that the main job can be seen anywhere.

It has two doors, both on loopback. At its origin it is seen as from anywhere in the world; through the proxy
on the next port it is seen as from inside territory XX, where some of its pages are withheld. No page,
platform or authority in it is real.
"""
