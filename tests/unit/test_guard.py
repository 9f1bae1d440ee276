"""Who the web server lets in."""

from __future__ import annotations

import pytest

from tui.web.guard import Guard, is_loopback, origins_of


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
