extension Explanation {
    static let usage: [Explanation] = [
        Explanation(
            "E4001 no command", "The first word behind `nnspec` says what to do.", .sh("nnspec"), .sh("nnspec train flowers.yaml")),
        Explanation(
            "E4002 unknown command", "There is no command of this name. A spec alone is none: say what to do with it.", .sh("nnspec flowers.yaml"),
            .sh("nnspec train flowers.yaml")),
        Explanation(
            "E4003 unknown flag",
            "The command has no such flag; `nnspec COMMAND --help` lists those it has. Settings of the spec are no flags: they are "
                + "replaced with `--set`.",
            .sh("nnspec train flowers.yaml --epochs 5"), .sh("nnspec train flowers.yaml --set training.epochs=5")),
        Explanation(
            "E4004 missing argument", "The command needs one more word, such as the file to work on.", .sh("nnspec train"),
            .sh("nnspec train flowers.yaml")),
        Explanation(
            "E4005 one argument too many", "The command takes fewer words. A name that holds blanks stands in quotes.",
            .sh("nnspec train flowers.yaml iris.yaml"), .sh("nnspec train flowers.yaml")),
        Explanation(
            "E4006 flag without its value", "The flag wants a value behind it.", .sh("nnspec train flowers.yaml --threads"),
            .sh("nnspec train flowers.yaml --threads 2")),
        Explanation(
            "E4007 value of a switch", "The flag is on where it stands and off where it does not; it takes no value.",
            .sh("nnspec train flowers.yaml --quiet=yes"),
            .sh("nnspec train flowers.yaml --quiet")),
        Explanation(
            "E4008 flag given twice", "Only `--set` may stand several times. Of another flag it would not be clear which value counts.",
            .sh("nnspec train flowers.yaml --threads 1 --threads 2"), .sh("nnspec train flowers.yaml --threads 2")),
        Explanation(
            "E4009 command not in this version", "The command is planned, and this version does not have it yet.", .sh("nnspec sweep flowers.yaml"),
            .sh("nnspec train flowers.yaml --set optimizer.learning_rate=0.01")),
        Explanation(
            "E4010 flag not in this version", "The flag is planned, and this version does not act on it yet.",
            .sh("nnspec train flowers.yaml --overfit 10"),
            .sh("nnspec train flowers.yaml")),
        Explanation(
            "E4011 wrong value of a flag", "The flag wants another value; the message says which.", .sh("nnspec train flowers.yaml --threads two"),
            .sh("nnspec train flowers.yaml --threads 2")),
        Explanation(
            "E4012 weights without their data", "A run folder holds the spec, and with it the way to the data. A weights file alone does not.",
            .sh("nnspec evaluate runs/flowers/weights.json"), .sh("nnspec evaluate runs/flowers/weights.json --data flowers.csv")),
        Explanation(
            "E4013 unknown code", "No message of this version carries this code. `nnspec explain` lists those there are.",
            .sh("nnspec explain E0299"),
            .sh("nnspec explain E0201")),
    ]
}

extension Explanation {
    static let dataUsage: [Explanation] = [
        Explanation(
            "E4024 flag of a data file without one",
            "`--targets`, `--format` and `--query` say how the file of `--data` is read. Without it the run's own data are "
                + "measured, as its spec says.",
            .sh("nnspec evaluate runs/flowers --format csv"), .sh("nnspec evaluate runs/flowers --data flowers.csv --format csv"))
    ]
}
