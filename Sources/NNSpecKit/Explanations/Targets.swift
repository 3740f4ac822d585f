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
            "The share asked for gives no row: there are few rows, or few of each class (a stratified split divides each class on its "
                + "own). Ask for a larger share, or train on every row with `split: none`.",
            .yaml("data: {path: flowers.csv, target: species, split: {validation: ⟦0.01⟧}}"),
            .yaml("data: {path: flowers.csv, target: species, split: {validation: 0.2}}")),
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
    ]
}
