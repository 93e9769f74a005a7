"""By which names the many kinds of source code and XML are known."""

from __future__ import annotations

_SUFFIXES = """
    py pyi pyx js mjs cjs jsx ts tsx vue svelte java c h cc cpp cxx hh hpp hxx inl ino cu cs go rs
    rb php swift kt kts scala sc r jl lua pl pm t raku sh bash zsh ksh fish ps1 psm1 bat cmd sql ddl
    css scss sass less tex ltx sty cls bib cmake gradle groovy dart hs elm purs ml mli ex exs erl
    hrl clj cljs cljc edn lisp el scm rkt fs fsi fsx vb vbs bas pas pp asm s m mm d f f90 f95 f03
    for v sv vhd vhdl glsl hlsl proto thrift graphql gql tf tfvars hcl nix zig nim cr vala tcl awk
    sed coffee mk dockerfile containerfile patch diff
"""
CODE_SUFFIXES = tuple(f".{suffix}" for suffix in _SUFFIXES.split())
CODE_NAMES = (
    *("makefile", "gnumakefile", "dockerfile", "containerfile", "jenkinsfile", "vagrantfile"),
    *("rakefile", "gemfile", "procfile", "brewfile", "justfile", "meson.build"),
)
XML_SUFFIXES = (
    *(".xml", ".svg", ".rss", ".atom", ".plist", ".opml", ".kml", ".gpx", ".tei", ".dita", ".fb2"),
    *(".docbook", ".dbk", ".xsd", ".xsl", ".xslt", ".wsdl", ".xliff", ".tmx", ".resx"),
)
