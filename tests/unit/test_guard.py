"""Who the web server lets in."""

from __future__ import annotations

import subprocess
import sys

import pytest

from meetings.config import default_config
from meetings.errors import UsageError
from meetings.paths import user_paths
from tui.web.guard import Guard, guard_of, is_loopback, origins_of
from tui.web.serving import serve


def test_a_link_lets_one_browser_in_once() -> None:
    guard = Guard(origins_of("localhost", 8000))
    link = guard.new_link()
    seat = guard.exchange(link)
    assert seat is not None
    assert guard.exchange(link) is None
    assert guard.knows(seat)
    assert seat != link
    assert not guard.knows(link)


@pytest.mark.parametrize("cookie", ["", "x", "é", "\ud83c"])
def test_what_was_not_given_out_is_not_known(cookie: str) -> None:
    guard = Guard(origins_of("localhost", 8000))
    guard.exchange(guard.new_link())
    assert not guard.knows(cookie)
    assert guard.exchange(cookie) is None


@pytest.mark.parametrize(
    ("host", "origin", "ours"),
    [
        ("localhost:8000", "http://localhost:8000", True),
        ("127.0.0.1:8000", "http://127.0.0.1:8000", True),
        ("[::1]:8000", "http://[::1]:8000", True),
        ("localhost", "http://localhost", False),
        ("localhost:8001", "http://localhost:8001", False),
        ("evil.example:8000", "http://evil.example:8000", False),
        ("localhost:8000.evil.example", "http://localhost:8000.evil.example", False),
        ("", "null", False),
    ],
)
def test_on_loopback_only_this_machine_s_own_names_are_ours(host: str, origin: str, ours: bool) -> None:
    guard = Guard(origins_of("localhost", 8000))
    assert (guard.is_our_host(host), guard.is_our_origin(origin)) == (ours, ours)


def test_behind_a_proxy_its_address_is_ours_and_no_other() -> None:
    guard = Guard(origins_of("0.0.0.0", 8000, "https://Accord.example.com/"))
    assert guard.is_our_origin("https://accord.example.com")
    assert guard.is_our_host("accord.example.com")
    assert not guard.is_our_origin("http://accord.example.com")
    assert not guard.is_our_host("0.0.0.0:8000")


def test_the_usual_port_is_not_in_the_address() -> None:
    assert origins_of("meet.example", 80) == {"http://meet.example"}
    assert not is_loopback("meet.example")


def test_a_link_waits_until_it_is_used() -> None:
    guard = Guard(origins_of("localhost", 8000))
    link = guard.new_link()
    assert guard.waits_for(link)
    assert guard.waits_for(link), "looking at it does not use it up"
    assert not guard.waits_for(link[:-1])
    guard.exchange(link)
    assert not guard.waits_for(link)


def test_the_cookie_is_of_this_server_alone_and_behind_https_of_this_host() -> None:
    assert guard_of("localhost", 8000).cookie != guard_of("localhost", 8001).cookie
    plain, behind = guard_of("localhost", 8000), guard_of("localhost", 8000, "https://accord.example.com")
    assert (plain.secure, behind.secure) == (False, True)
    assert behind.cookie.startswith("__Host-"), "browsers take it only with Secure, from this very host"


@pytest.mark.parametrize(
    "public", ["https://meet.example:443", "https://meet.example/", "https://MEET.example"]
)
def test_the_usual_port_of_https_is_not_in_what_browsers_send(public: str) -> None:
    guard = guard_of("localhost", 8000, public)
    assert guard.is_our_origin("https://meet.example")
    assert guard.is_our_host("meet.example")


def test_an_ipv6_address_stands_in_brackets() -> None:
    assert origins_of("fd00::7", 8000) == {"http://[fd00::7]:8000"}
    assert guard_of("::1", 8000).is_our_host("[::1]:8000")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "[::]", "*"])
def test_every_network_is_no_address_for_a_browser(host: str) -> None:
    with pytest.raises(UsageError, match="no address that a browser could open"):
        serve(default_config(), user_paths(), host, 8000, "", print)


@pytest.mark.parametrize(
    "public",
    [
        "accord.example.com",
        "ftp://x",
        "https://",
        "https://x/accord",
        "https://x?a",
        "https://me@x",
        "https://[x",
    ],
)
def test_a_public_address_is_a_server_and_nothing_below_it(public: str) -> None:
    with pytest.raises(UsageError, match="has to look like"):
        serve(default_config(), user_paths(), "localhost", 8000, public, print)


def test_no_program_can_be_started_for_a_browser() -> None:
    """In a process of its own: it cannot be taken back."""
    tried = """
import os, subprocess, sys
from tui.web.driver import start_no_programs
start_no_programs()
nothing = [sys.executable, "-c", ""]
for start in (
    lambda: subprocess.run(nothing),
    lambda: os.system("true"),
    lambda: os.execv(sys.executable, nothing),
    lambda: os.posix_spawn(sys.executable, nothing, {}),
):
    try:
        start()
    except PermissionError as error:
        print(error)
"""
    done = subprocess.run([sys.executable, "-c", tried], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["no program is started for a browser"] * 4
