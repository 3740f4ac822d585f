extension Explanation {
    static let networks: [Explanation] = [
        Explanation(
            "E1801 input of another width",
            "`model.input` promises how many numbers a row has, and the data gives another count. A column of categories counts "
                + "once for each category.",
            .yaml("model: {input: ⟦4⟧, layers: [8, auto]}"), .yaml("model: {input: auto, layers: [8, auto]}")),
        Explanation(
            "E1802 last layer against the target",
            "The last layer has one unit for each class, for each target column of numbers, or a single one for a "
                + "binary task. `auto` counts for you.",
            .yaml("data: {path: flowers.csv, target: ⟪species⟫}\nmodel: {layers: [8, ⟦5⟧]}"), .yaml("model: {layers: [8, auto]}")),
        Explanation(
            "E1804 last activation against the loss of the target",
            "As E0318, where the loss follows from the target: classes are learnt with cross entropy, "
                + "which works on probabilities.",
            .yaml("model: {layers: [8, {dense: {units: auto, activation: ⟦relu⟧}}]}"), .yaml("model: {layers: [8, auto]}")),
        Explanation(
            "E1901 every batch dropped",
            "`last_batch: drop` leaves out a batch that is not full, and with fewer rows than `batch_size` none is. Nothing would be "
                + "trained.",
            .yaml("training: {batch_size: ⟪1000⟫, last_batch: ⟦drop⟧}"), .yaml("training: {batch_size: 8, last_batch: drop}")),
        Explanation(
            "E1902 class_weights for numbers", "As E0321, found when the data has decided the task: the target holds numbers, which have no classes.",
            .yaml("data: {path: flowers.csv, target: weight}\nclass_weights: ⟦balanced⟧"), .yaml("data: {path: flowers.csv, target: weight}")),
        Explanation(
            "E1903 weight of an unknown class", "`class_weights` names a class that the target does not have. Classes are written as in the file.",
            .yaml("class_weights: {⟦sestosa⟧: 3}"), .yaml("class_weights: {setosa: 3}")),
        Explanation(
            "E1904 class_weights 0 for all rows",
            "Every class that occurs in the training rows has the weight 0; the weight of others does not help.",
            .yaml(
                """
                data: {path: flowers.csv, target: species, classes: [lily, rose, setosa, tulip]}
                class_weights: ⟦{lily: 0, rose: 0, setosa: 0, tulip: 1}⟧
                """),
            .yaml(
                """
                data: {path: flowers.csv, target: species, classes: [lily, rose, setosa, tulip]}
                class_weights: {lily: 1, rose: 1, setosa: 1, tulip: 1}
                """)),
        Explanation(
            "E1905 metric of another task than the data's", "As E0325, found when the data has decided the task.", .yaml("metrics: [⟦rmse⟧]"),
            .yaml("metrics: [accuracy]")),
        Explanation(
            "E1906 layer without initial weights",
            "`model.initial_weights` names a weights file, and layers find their weights there by name. This layer's name is "
                + "not in the file; `nnspec inspect` shows those that are.",
            .yaml("model: {initial_weights: ⟪runs/base/weights.json⟫, layers: [⟦{dense: {units: 8, name: first}}⟧, auto]}"),
            .yaml("model: {initial_weights: runs/base/weights.json, layers: [{dense: {units: 8, name: dense_1}}, auto]}")),
        Explanation(
            "E1907 initial weights of another shape",
            "The file has a layer of this name with another number of inputs or units, or with a bias where this one has "
                + "none. A layer of another size gets a name of its own.",
            .yaml("model: {initial_weights: ⟪runs/base/weights.json⟫, layers: [⟦{dense: {units: 9, name: dense_1}}⟧, auto]}"),
            .yaml("model: {initial_weights: runs/base/weights.json, layers: [{dense: {units: 8, name: dense_1}}, auto]}")),
        Explanation(
            "E1908 monitor of another task than the data's",
            "As E0330, found when the data has decided the task: the monitor names a metric of the other one.",
            .yaml("training: {monitor: ⟦validation.rmse⟧}"), .yaml("training: {monitor: validation.accuracy}")),
        Explanation(
            "E1909 waiting for a number that no epoch has",
            "Early stopping or `reduce_on_plateau` watches a metric that is undefined on the validation rows whatever the network answers: auc_roc "
                + "where they are of one class, r2 where the target is the same in all of them.",
            given: .csv("length,⟪weight⟫\n1.4,3\n1.5,4\n3.5,5\n3.6,6\n3.7,7"),
            .yaml("data: {path: flowers.csv, target: weight}\ntraining: {early_stopping: {monitor: ⟦validation.r2⟧}}"),
            .yaml("data: {path: flowers.csv, target: weight}\nmetrics: [rmse]\ntraining: {early_stopping: {monitor: validation.rmse}}")),
        Explanation(
            "E1910 among all of the classes",
            "A top_k metric counts the rows whose class is among the k largest outputs. With k classes or fewer that is every row.",
            .yaml("metrics: [accuracy, ⟦top_5_accuracy⟧]"), .yaml("metrics: [accuracy, top_2_accuracy]")),
        Explanation(
            "E1972 weights of rows times weights of classes",
            "With both, a row weighs the product of its own weight and that of its class. Each may be right by itself, and the products be all "
                + "0, or too large for the precision.",
            given: .csv("length,w,species\n1.4,1,lily\n3.5,0,setosa\n3.6,0,setosa"),
            .yaml("data: {path: flowers.csv, target: species, split: none, sample_weight: ⟪w⟫}\nclass_weights: ⟦{lily: 0}⟧"),
            .yaml("data: {path: flowers.csv, target: species, split: none, sample_weight: w}\nclass_weights: {lily: 2}")),
        Explanation(
            "E2001 training diverged",
            "The loss, a gradient or a weight became infinite or no number, so every later step would be nonsense. The steps since the last good "
                + "state were gone through again, value by value, to find out where it began. Steps that are too large are the usual reason; a "
                + "smaller learning_rate, normalized features or `gradient_clip` help. The last good state and the best weights are in checkpoint/.",
            .yaml(
                "data: {path: flowers.csv, target: weight, split: none}\nmodel: {layers: [8, ⟪1⟫]}\n"
                    + "optimizer: {type: sgd, learning_rate: ⟦10⟧}\ntraining: {epochs: 20}"),
            .yaml("data: {path: flowers.csv, target: weight}\noptimizer: {type: sgd, learning_rate: 0.01}")),
        Explanation(
            "E2082 gradients of no finite loss",
            "`gradcheck` compares the gradients of the first batch, at the initial weights, with differences of its loss. This loss is "
                + "infinite or no number, so there are none. Huge features, targets or initial weights are the usual reason.",
            given: .yaml("data: {path: flowers.csv, target: weight}\nmodel: {layers: [1], initializer: {normal: {std: 1e200}}}"),
            .sh("nnspec gradcheck flowers.yaml"), .yaml("data: {path: flowers.csv, target: weight}\nmodel: {layers: [1]}")),
        Explanation(
            "E2087 loss that is not finite from the start",
            "Before anything was trained the loss of the first batch was infinite or no number, so no learning rate can be found. The inputs or the "
                + "targets are far too large.",
            .text("length,weight\n1e30,3\n2e30,4"), .text("data: {path: flowers.csv, target: weight, normalize: zscore}")),
        Explanation(
            "E2902 stopped by SIGINT",
            "Ctrl-C was pressed, or the signal sent. The step in progress was finished and its state saved: `--resume` goes on from there and comes "
                + "to the same bytes as if nothing had happened. A second signal ends the process at once. Of a cross-validation every fold "
                + "keeps its state.",
            .sh("nnspec train flowers.yaml --quiet --set training.epochs=1000000000 &\nsleep 1; kill -INT $!; wait $!"),
            .sh("nnspec train flowers.yaml --quiet")),
        Explanation(
            "E2913 reader that has left",
            "Whoever reads the output has closed it, as `head` does when it has its lines. That is no mistake: the command ends at once without a "
                + "word, with the exit status 141 that a shell gives any tool which SIGPIPE ends.",
            .text("nnspec predict runs/flowers new.csv | head -3"), .text("nnspec predict runs/flowers new.csv >all.csv; head -3 all.csv")),
        Explanation(
            "E2915 stopped by SIGTERM",
            "The process was told to end, by `kill` or a system that shuts down. The step in progress was finished and its state saved: `--resume` "
                + "goes on from there.",
            .sh("nnspec train flowers.yaml --quiet --set training.epochs=1000000000 &\nsleep 1; kill $!; wait $!"),
            .sh("nnspec train flowers.yaml --quiet")),
    ]
}
