from motcua.config.cli import main

main()
