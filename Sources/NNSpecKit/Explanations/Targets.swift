extension Explanation {
    static let targets: [Explanation] = [
        Explanation(
            "E1302 one class only",
            "The target has the same value in all rows. A network would learn to answer it always, and no number could show how well.",
            given: .yaml("data: {path: flowers.csv, target: ⟦species⟧}"), .csv("length,⟪species⟫\n1.4,lily\n1.5,lily\n1.6,lily"),
            .csv("length,species\n1.4,lily\n1.5,lily\n3.5,setosa\n3.6,setosa")),
        Explanation(
            "E1303 binary task without two classes",
            "As E0352, where the classes are those of the data: a binary task has one unit for the probability of the second of two classes.",
            .yaml("task: ⟦binary⟧"), .yaml("task: classification")),
        Explanation(
            "E1304 label that is no class",
            "The target holds a text that is none of the classes, listed in `data.classes` or known to the model. Spelling, "
                + "case and blanks count.",
            given: .csv("length,species\n1.4,lily\n2.6,⟦rose⟧\n3.5,setosa"),
            .yaml("data: {path: flowers.csv, target: species, classes: [lily, setosa]}"),
            .yaml("data: {path: flowers.csv, target: species, classes: [lily, rose, setosa]}")),
        Explanation(
            "E1305 class without training rows",
            "A class is found in other parts alone. All that a model knows it has from the training rows, so it cannot learn this one; a stratified "
                + "split gives every class training rows. With `data.classes` the class is known by its name, and never predicted.",
            given: .yaml("data: {path: flowers.csv, target: species, split: {validation: 0.5, method: ordered}}"),
            .csv("length,species\n1.4,lily\n3.5,setosa\n1.5,lily\n2.5,⟦rose⟧"), .csv("length,species\n2.5,rose\n1.4,lily\n1.5,lily\n2.6,rose")),
        Explanation(
            "E1306 classes of numbers",
            "As E0342, found when the data has decided the task. If the numbers of the target are names of classes, write "
                + "`task: classification`.",
            .yaml("loss: mse\ndata: {path: flowers.csv, target: ⟪weight⟫, classes: ⟦[light, heavy]⟧}"),
            .yaml("loss: mse\ndata: {path: flowers.csv, target: weight}")),
        Explanation(
            "E1307 normalize_target with classes", "As E0323, found when the data has decided the task: only numbers can be scaled.",
            .yaml("data: {path: flowers.csv, target: species, normalize_target: ⟦zscore⟧}"), .yaml("data: {path: flowers.csv, target: species}")),
        Explanation(
            "E1309 row without a distribution",
            "For kl_divergence the targets of a row are probabilities: none is negative, and their sum is 1 (to 1e-3).",
            given: .yaml("loss: kl_divergence\ndata: {path: flowers.csv, target: [p1, p2]}"), .csv("length,p1,p2\n1.4,⟦1⟧,3\n3.5,2,2"),
            .csv("length,p1,p2\n1.4,0.25,0.75\n3.5,0.5,0.5")),
        Explanation(
            "E1311 target among the features", "As E0344, found when the data has decided the task: the network would read the answer off its input.",
            .yaml("data: {path: flowers.csv, target: ⟪species⟫, features: [length, ⟦species⟧]}"),
            .yaml("data: {path: flowers.csv, target: species, features: [length, width]}")),
        Explanation(
            "E1401 empty part",
            "The share asked for gives no row: there are few rows, or one of each class (a stratified split divides each class on its "
                + "own, and begins with the training rows). Ask for a larger share, or train on every row with `split: none`.",
            .yaml("data: {path: flowers.csv, target: species, split: {validation: ⟦0.01⟧, method: random}}"),
            .yaml("data: {path: flowers.csv, target: species, split: {validation: 0.2, method: random}}")),
        Explanation(
            "E1402 stratified split of numbers",
            "As E0353, found when the data has decided the task: a target of numbers has no classes to keep the shares of.",
            .yaml("data: {path: flowers.csv, target: weight, split: {validation: 0.2, method: ⟦stratified⟧}}"),
            .yaml("data: {path: flowers.csv, target: weight, split: {validation: 0.2, method: random}}")),
        Explanation(
            "E1403 no row left",
            "`missing: drop_row` drops every row that has a gap in a feature, and all have one. Often a single column with many gaps is to "
                + "blame.",
            given: .csv("length,width,species\n1.4,,lily\n,0.2,lily\n3.5,,setosa\n,0.9,setosa"),
            .yaml("data: {path: flowers.csv, target: species, missing: ⟦drop_row⟧}"),
            .yaml("data: {path: flowers.csv, target: species, missing: median}")),
        Explanation(
            "E1404 row without a key",
            "A split by hash or by column goes by the key of each row, and this one has none.",
            given: .yaml("data: {path: flowers.csv, target: species, split: {method: hash, key: plant, validation: 0.5}}"),
            .csv("plant,length,species\na,1.4,lily\n⟦⟧,3.5,setosa\nb,3.6,setosa\nc,1.5,lily\nd,1.6,lily\ne,3.7,setosa"),
            .csv("plant,length,species\na,1.4,lily\na,3.5,setosa\nb,3.6,setosa\nc,1.5,lily\nd,1.6,lily\ne,3.7,setosa")),
        Explanation(
            "E1405 part without a key",
            "With `method: hash` each value of the key is one draw, with `method: column` the key names the part of each row; either way no row came "
                + "to a part that has to have some.",
            given: .csv("plant,length,species\na,1.4,lily\na,3.5,setosa\na,3.6,setosa\na,1.5,lily"),
            .yaml("data: {path: flowers.csv, target: species, split: {method: hash, key: plant, validation: ⟦0.01⟧}}"),
            .yaml("data: {path: flowers.csv, target: species, split: {validation: 0.5}, exclude: [plant]}")),
        Explanation(
            "E1406 no name of a part", "With `method: column` the key holds train, validation or test in each row.",
            given: .yaml("data: {path: flowers.csv, target: species, split: {method: column, key: part}}"),
            .csv("part,length,species\ntrain,1.4,lily\ntrain,3.5,setosa\n⟦valid⟧,3.6,setosa"),
            .csv("part,length,species\ntrain,1.4,lily\ntrain,3.5,setosa\nvalidation,3.6,setosa")),
    ]
}
