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
            "E4010 flag not in this version",
            "The flag is planned, and this version does not act on it yet. `nnspec COMMAND --help` lists those that it has.",
            .text("nnspec COMMAND --planned"), .text("nnspec COMMAND")),
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
        Explanation(
            "E4014 flag beside --overfit",
            "`train --overfit` trains on a few rows to see whether the network can learn them by heart. It writes no run, so there is nothing to "
                + "resume, to stop early, to rehearse or to put elsewhere.",
            .sh("nnspec train flowers.yaml --overfit 5 --resume"), .sh("nnspec train flowers.yaml --overfit 5")),
        Explanation(
            "E4015 more rows than there are", "`--overfit` takes training rows, and those held back for validation and test are none.",
            .sh("nnspec train flowers.yaml --overfit 500"), .sh("nnspec train flowers.yaml --overfit 10")),
        Explanation(
            "E4016 learning rate that does not rise", "`find-lr` begins with a low rate and lets it rise, so `--from` is below `--to`.",
            .sh("nnspec find-lr flowers.yaml --from 1 --to 0.001"), .sh("nnspec find-lr flowers.yaml --from 0.001 --to 1")),
        Explanation(
            "E4017 two files to predict", "The file stands behind the run or behind `--data`, which mean the same, and only one is predicted.",
            .sh("nnspec predict runs/flowers flowers.csv --data more.csv"), .sh("nnspec predict runs/flowers --data more.csv")),
    ]

    /// What a command found not to be so.
    static let promises: [Explanation] = [
        Explanation(
            "E5087 rows that the network cannot learn by heart",
            "`train --overfit N` trains on N rows alone, without anything that keeps from learning them by heart. A network that cannot do that will "
                + "not learn all rows either: the learning rate, its size or the rows themselves stand in the way.",
            given: .yaml("optimizer: {type: sgd, learning_rate: 1e-9}"), .sh("nnspec train flowers.yaml --overfit 6"),
            .sh("nnspec train flowers.yaml --overfit 6 --set optimizer.learning_rate=0.1"))
    ]
}

extension Explanation {
    static let environment: [Explanation] = [
        Explanation(
            "E4990 unknown instruction set",
            "`NNSPEC_ISA` makes nnspec compute as on an older processor, to show that results are the same. It takes baseline, avx2 or avx512; "
                + "what the processor does not have is not used, whatever is asked for.",
            .sh("NNSPEC_ISA=avx nnspec train flowers.yaml"), .sh("NNSPEC_ISA=avx2 nnspec train flowers.yaml"))
    ]

    static let dataUsage: [Explanation] = [
        Explanation(
            "E4024 flag of a data file without one",
            "`--targets`, `--format` and `--query` say how the file of `--data` is read. Without it the run's own data are "
                + "measured, as its spec says.",
            .sh("nnspec evaluate runs/flowers --format csv"), .sh("nnspec evaluate runs/flowers --data flowers.csv --format csv"))
    ]
}
