extension Explanation {
    static let weightsFiles: [Explanation] = [
        Explanation(
            "E1701 weights that cannot be read", "Where a run is wanted, name the folder that `nnspec train` wrote, or its weights.json.",
            .sh("nnspec evaluate runs/flower"), .sh("nnspec evaluate runs/flowers")),
        Explanation(
            "E1702 folder that is no run", "The folder holds no weights.json. Often it is the folder above the run's.", .sh("nnspec inspect runs"),
            .sh("nnspec inspect runs/flowers")),
        Explanation(
            "E1703 weights file that is no JSON",
            "A weights file is read strictly, so that one changed by hand or by a merge is noticed. It is also one file: "
                + "nothing may follow its end.",
            .json("{\"format\": \"nnspec-weights\", \"version\": 1,⟦⟧"), .sh("git checkout runs/flowers/weights.json")),
        Explanation(
            "E1704 JSON of another kind", "The file is JSON and no weights file of nnspec.", .json("⟦{⟧\"accuracy\": 0.95}"),
            .json("{\"format\": \"nnspec-weights\", \"version\": 1, ...")),
        Explanation(
            "E1705 version of the weights file",
            "Another version of nnspec wrote this file in a format that this one does not know. Use the nnspec that wrote "
                + "it, or train again.",
            .json("{\"format\": \"nnspec-weights\", \"version\": ⟦2⟧}"), .json("{\"format\": \"nnspec-weights\", \"version\": 1, ...")),
        Explanation(
            "E1706 unknown key in the weights file",
            "The file holds a key that its format does not have. What is not read cannot be trusted to do nothing.",
            .json("{\"name\": \"dense_1\", ⟦\"comment\"⟧: \"good\", \"type\": \"dense\","),
            .json("{\"name\": \"dense_1\", \"type\": \"dense\",")),
        Explanation(
            "E1707 key twice in the weights file", "One object of the file has the same key twice, so it is not clear which value counts.",
            .json("⟪\"bias\"⟫: [0.1, 0.2],\n⟦\"bias\"⟧: [0.3, 0.2]"), .json("\"bias\": [0.1, 0.2]")),
        Explanation(
            "E1708 key missing in the weights file", "The file lacks a part that a prediction needs. Train again, or take the file back from git.",
            .json("⟦{⟧\"name\": \"dense_1\", \"type\": \"dense\", \"weight\":"),
            .json("{\"name\": \"dense_1\", \"type\": \"dense\", \"activation\": \"relu\", \"weight\":")),
        Explanation(
            "E1709 value of another kind in the weights file",
            "A value is of another kind than its key wants, such as a text where a number belongs.",
            .json("\"bias\": [0.1, ⟦\"0.2\"⟧]"), .json("\"bias\": [0.1, 0.2]")),
        Explanation(
            "E1710 unknown word in the weights file", "The key takes one of a few words, and this is none of them.",
            .json("\"activation\": ⟦\"relu7\"⟧"),
            .json("\"activation\": \"relu\"")),
        Explanation(
            "E1711 wrong shape in the weights file",
            "A weight has a row for each input and a column for each unit, a bias a number for each unit. The inputs of a "
                + "layer are the units of the one before.",
            .json("\"weight\": [[0.1, 0.2], ⟦[0.3]⟧]"), .json("\"weight\": [[0.1, 0.2], [0.3, 0.4]]")),
        Explanation(
            "E1712 number too large for the precision", "The file says that its numbers are float32, and this one is beyond 3.4e38.",
            .json("\"bias\": [0.1, ⟦1e60⟧]"), .json("\"bias\": [0.1, 0.2]")),
        Explanation(
            "E1713 weights file that contradicts itself", "Each part of the file can be read, and two do not go together; the message tells which.",
            .json("\"task\": \"classification\", \"loss\": ⟦\"binary_cross_entropy\"⟧"),
            .json("\"task\": \"classification\", \"loss\": \"cross_entropy\"")),
        Explanation(
            "E1721 no checkpoint to go on from",
            "`--resume` goes on from a checkpoint, and the run folder has none: nothing was trained there, the run ended before its first "
                + "checkpoint, or the spec says `checkpoint_every: 0`.",
            .sh("nnspec train flowers.yaml --resume"), .sh("nnspec train flowers.yaml")),
        Explanation(
            "E1722 no checkpoint that can be read",
            "A checkpoint carries a checksum, and none of those in the run folder has its own: they were damaged, cut short or changed. A training "
                + "is not begun anew in silence.",
            .sh(
                "nnspec train flowers.yaml --quiet\nfor file in runs/flowers/checkpoint/*.safetensors; do echo x >>$file; done\n"
                    + "nnspec train flowers.yaml --resume"
            ),
            .sh("nnspec train flowers.yaml --quiet\nnnspec train flowers.yaml --resume")),
        Explanation(
            "E1723 checkpoint of another run",
            "A resumed run gives the same bytes as one that was never interrupted, so what decides them has to be the same: settings, data, version. "
                + "The message lists the settings that differ. Those that change nothing of what was done may: `epochs`, unless the schedule depends "
                + "on it, `max_time`, `threads`, `checkpoint_every`, `output`.",
            .sh("nnspec train flowers.yaml --stop-after 1 --quiet\nnnspec train flowers.yaml --resume --set optimizer.learning_rate=0.01"),
            .sh("nnspec train flowers.yaml --stop-after 1 --quiet\nnnspec train flowers.yaml --resume --set training.epochs=4")),
        Explanation(
            "E1724 checkpoint of other data",
            "The bytes of a data file are not those that the run began with, so it cannot go on as the same run.",
            .sh("nnspec train flowers.yaml --stop-after 1 --quiet\necho 9.9,0.9,red,9.9,rose >>flowers.csv\nnnspec train flowers.yaml --resume"),
            .sh("nnspec train flowers.yaml --stop-after 1 --quiet\nnnspec train flowers.yaml --resume")),
        Explanation(
            "E1725 run folder between two runs",
            "The files of a run are replaced together. A training was killed while it did so; whoever comes next finishes that, but the folder may "
                + "not be written.",
            .text("nnspec evaluate runs/flowers, in a folder that is mounted read-only since"), .text("mount it writable once")),
        Explanation(
            "E1726 checkpoint beyond the epochs",
            "The checkpoint has more epochs behind it than the spec wants, and there is no way back.",
            given: .yaml("training: {epochs: ⟦2⟧}"),
            .sh("nnspec train flowers.yaml --quiet --set training.epochs=3\nnnspec train flowers.yaml --resume"),
            .sh("nnspec train flowers.yaml --quiet --set training.epochs=2\nnnspec train flowers.yaml --resume")),
    ]
}
