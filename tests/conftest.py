"""Settings of all tests."""


def pytest_configure(config):
    """Declare the mark of the slow tier, and let an unknown mark fail."""
    config.addinivalue_line("markers", "slow: takes long or kills many processes; run by make test-slow")
