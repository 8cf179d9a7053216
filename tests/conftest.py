"""Settings of all tests."""


def pytest_configure(config):
    """Declare the mark of the slow tier, and let an unknown mark fail."""
    config.addinivalue_line("markers", "slow: takes long or kills many processes; run by make test-slow")


def pytest_terminal_summary(terminalreporter):
    """Print what tests tell besides their outcome, such as how kills were spread, also where they ran in processes of their own."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, text in report.user_properties:
            if name == "told":
                terminalreporter.write_line(text)
