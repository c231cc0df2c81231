def program() -> str:
    return "x"
