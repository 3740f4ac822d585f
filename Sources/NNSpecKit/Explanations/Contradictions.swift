extension Explanation {
    static let contradictions: [Explanation] = [
        Explanation(
            "E0301 file name that names no run",
            "A run folder is called after `name`, or after the spec file if the spec says none. Such a name has letters, digits, `_` and `-` only.",
            .sh("nnspec check my.flowers.yaml"), .sh("nnspec check flowers.yaml")),
        Explanation(
            "E0302 path and train",
            "`data.path` names one file that is then split; `data.train` names the training rows of data that is split "
                + "already. Only one of the two can be meant.",
            .yaml("data: {path: ⟪flowers.csv⟫, train: ⟦flowers.csv⟧, target: species}"), .yaml("data: {path: flowers.csv, target: species}")),
        Explanation(
            "E0303 no data file", "The section `data` says neither `path` nor `train`, so there are no rows.", .yaml("⟦data⟧: {target: species}"),
            .yaml("data: {path: flowers.csv, target: species}")),
        Explanation(
            "E0304 split of separate files",
            "`split` divides the one file of `data.path`. With `train` the parts are files of their own, so it would "
                + "do nothing.",
            .yaml("data: {train: ⟪flowers.csv⟫, target: species, split: ⟦{validation: 0.1}⟧}"), .yaml("data: {train: flowers.csv, target: species}")),
        Explanation(
            "E0305 validation or test beside path",
            "`data.validation` and `data.test` name files beside `data.train`. With `path`, one file is split "
                + "and the parts come from `split`.",
            .yaml("data: {path: ⟪flowers.csv⟫, validation: ⟦more.csv⟧, target: species}"),
            .yaml("data: {train: flowers.csv, validation: more.csv, target: species}")),
        Explanation(
            "E0306 shares of the split",
            "The shares of train, validation and test must sum to 1 and leave rows to train on. If `train` is left out, it is the rest.",
            .yaml("data: {path: flowers.csv, target: species, split: {train: 0.8, validation: ⟦0.3⟧}}"),
            .yaml("data: {path: flowers.csv, target: species, split: {validation: 0.3}}")),
        Explanation(
            "E0307 two layers of one name", "Weights are stored under the name of their layer, so each layer needs one of its own.",
            .yaml("model: {layers: [{dense: {units: 8, name: ⟪h⟫}}, {dense: {units: 8, name: ⟦h⟧}}, auto]}"),
            .yaml("model: {layers: [{dense: {units: 8, name: h1}}, {dense: {units: 8, name: h2}}, auto]}")),
        Explanation(
            "E0308 no share to train on", "`data.split.train` is 0, so nothing could be learnt.",
            .yaml("data: {path: flowers.csv, target: species, split: {train: ⟦0⟧, validation: 0.5, test: 0.5}}"),
            .yaml("data: {path: flowers.csv, target: species, split: {validation: 0.3, test: 0.2}}")),
        Explanation(
            "E0311 setting of another optimizer",
            "The setting belongs to other types of optimizer and would do nothing with this one. The default type is adam, which has `beta1` and "
                + "`beta2` where sgd has `momentum`.",
            .yaml("optimizer: {type: ⟪adam⟫, momentum: ⟦0.9⟧}"), .yaml("optimizer: {type: sgd, momentum: 0.9}")),
        Explanation(
            "E0312 nesterov without momentum", "Nesterov's method looks ahead along the momentum; without momentum there is nothing to look along.",
            .yaml("optimizer: {type: sgd, nesterov: ⟦true⟧}"), .yaml("optimizer: {type: sgd, nesterov: true, momentum: 0.9}")),
        Explanation(
            "E0313 auto units before the end",
            "`auto` means as many units as the target needs. That is known for the last layer only; the width of a "
                + "hidden layer is your choice.",
            .yaml("model: {layers: [⟦auto⟧, ⟪auto⟫]}"), .yaml("model: {layers: [8, auto]}")),
        Explanation(
            "E0314 no dense layer", "Activations and dropout have no weights, so a network of them alone cannot learn.",
            .yaml("model: {layers: ⟦[{activation: tanh}]⟧}"), .yaml("model: {layers: [8, auto]}")),
        Explanation(
            "E0315 activation twice",
            "The layer before ends in this activation already, and applying it again is rarely meant. Softmax of a softmax, "
                + "for one, flattens the probabilities.",
            .yaml("model: {layers: [8, {dense: {units: auto, activation: ⟪softmax⟫}}, ⟦{activation: softmax}⟧]}"),
            .yaml("model: {layers: [8, {dense: {units: auto, activation: softmax}}]}")),
        Explanation(
            "E0316 empty interval", "The uniform initializer draws between `minimum` and `maximum`, and here the first is the greater one.",
            .yaml("model: {layers: [8, auto], initializer: ⟦{uniform: {minimum: 1, maximum: -1}}⟧}"),
            .yaml("model: {layers: [8, auto], initializer: {uniform: {minimum: -1, maximum: 1}}}")),
        Explanation(
            "E0317 last layer against the targets", "In a regression each target column is predicted by one unit of the last layer.",
            .yaml("task: regression\ndata: {path: flowers.csv, target: ⟪weight⟫}\nmodel: {layers: [8, ⟦3⟧]}"),
            .yaml("task: regression\ndata: {path: flowers.csv, target: weight}\nmodel: {layers: [8, auto]}")),
        Explanation(
            "E0318 last activation against the loss",
            "Cross entropy compares probabilities, so it needs the softmax (with two classes and one unit the sigmoid) before it. Another last "
                + "activation would feed it numbers that are no probabilities. The last layer's default is the right one.",
            .yaml("loss: ⟪cross_entropy⟫\nmodel: {layers: [8, {dense: {units: auto, activation: ⟦linear⟧}}]}"),
            .yaml("loss: cross_entropy\nmodel: {layers: [8, auto]}")),
        Explanation(
            "E0319 label_smoothing without cross entropy",
            "Label smoothing moves a little probability from the right class to all classes. Losses "
                + "for numbers know no classes, so it would do nothing.",
            .yaml("loss: ⟪mse⟫\nlabel_smoothing: ⟦0.1⟧"), .yaml("loss: cross_entropy\nlabel_smoothing: 0.1")),
        Explanation(
            "E0320 class_weights all 0",
            "A class of weight 0 does not count in the loss, and one that is left out counts once. If all are 0, or none is "
                + "named, the setting makes no sense.",
            .yaml("data: {path: flowers.csv, target: species, classes: [lily, rose, setosa]}\nclass_weights: ⟦{lily: 0, rose: 0, setosa: 0}⟧"),
            .yaml("data: {path: flowers.csv, target: species, classes: [lily, rose, setosa]}\nclass_weights: {lily: 1, rose: 0, setosa: 3}")),
        Explanation(
            "E0321 class_weights in a regression", "Class weights say how much each class counts, and a regression has no classes.",
            .yaml("task: ⟪regression⟫\ndata: {path: flowers.csv, target: weight}\nclass_weights: ⟦balanced⟧"),
            .yaml("task: regression\ndata: {path: flowers.csv, target: weight}")),
        Explanation(
            "E0322 loss against task",
            "The task says what is predicted, classes or numbers, and this loss measures the other. Each follows from the "
                + "other, so naming one is enough.",
            .yaml("task: ⟪regression⟫\ndata: {path: flowers.csv, target: weight}\nloss: ⟦cross_entropy⟧"),
            .yaml("task: regression\ndata: {path: flowers.csv, target: weight}")),
        Explanation(
            "E0323 normalize_target with classes", "Only numbers can be brought to mean 0 and deviation 1; classes are counted as they are.",
            .yaml("task: ⟪classification⟫\ndata: {path: flowers.csv, target: species, normalize_target: ⟦zscore⟧}"),
            .yaml("task: classification\ndata: {path: flowers.csv, target: species}")),
        Explanation(
            "E0324 name listed twice", "The same column or metric stands twice in one list.", .yaml("metrics: [⟪accuracy⟫, ⟦accuracy⟧]"),
            .yaml("metrics: [accuracy, log_loss]")),
    ]
}
