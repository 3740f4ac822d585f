extension Explanation {
    static let schema: [Explanation] = [
        Explanation(
            "E0201 unknown key",
            "There is no setting of this name in this place. It is mistyped, stands in the wrong section, or is what another tool calls it; the "
                + "message tells the right name where it can. No unknown key is ever ignored, so nothing trains for hours without it.",
            .yaml("training: {⟦epoch⟧: 5}"), .yaml("training: {epochs: 5}")),
        Explanation(
            "E0202 missing key", "A setting that has no default is not there. Only a few are required: the version, the target, the layers.",
            .yaml("⟦data⟧: {path: flowers.csv}"), .yaml("data: {path: flowers.csv, target: species}")),
        Explanation(
            "E0203 key without a value",
            "The key is there and nothing follows it, which YAML reads as null. For the default leave the key out; where "
                + "a setting can be switched off, the word for that is `none`.",
            .yaml("⟦seed⟧:"), .yaml("seed: 7")),
        Explanation(
            "E0204 value of the wrong type",
            "The setting wants another kind of value: a number, a word of a list, `true` or `false`. Only `true` and "
                + "`false` are booleans; `yes`, `no`, `on` and `off` are texts, and a number in quotes is a text too.",
            .yaml("training: {shuffle: ⟦yes⟧}"), .yaml("training: {shuffle: true}")),
        Explanation(
            "E0205 value out of range", "The kind of value is right, its size is not; the message says what is allowed.",
            .yaml("training: {epochs: ⟦-5⟧}"), .yaml("training: {epochs: 5}")),
        Explanation(
            "E0206 leading zero",
            "Some YAML readers take `010` for 8, others for 10. So that no one has to know, a number with a leading zero is an "
                + "error. Among names of columns and classes it is a text and legal.",
            .yaml("seed: ⟦010⟧"), .yaml("seed: 10")),
        Explanation(
            "E0207 empty list", "The setting wants at least one entry. A network has at least one layer, a list of features at least one column.",
            .yaml("model: {layers: ⟦[]⟧}"), .yaml("model: {layers: [8, auto]}")),
        Explanation(
            "E0208 not in this version",
            "The language has this setting or value, and this version of nnspec does not act on it yet. It is an error because a setting that is "
                + "silently left out would train another network than the one you wrote.",
            .yaml("model: {layers: [⟦flatten⟧, auto]}"), .yaml("model: {layers: [8, auto]}")),
        Explanation(
            "E0209 not one of several",
            "This value is a mapping of exactly one key, which says which of several kinds it is; the settings of that kind stand inside.",
            .yaml("training: {gradient_clip: ⟦{norm: 1, value: 0.5}⟧}"), .yaml("training: {gradient_clip: {norm: 1}}")),
        Explanation(
            "E0210 unknown kind",
            "The key inside this value says which kind it is, and there is no kind of this name; the message lists those there are.",
            .yaml("model: {layers: [{⟦danse⟧: 8}, auto]}"), .yaml("model: {layers: [{dense: 8}, auto]}")),
        Explanation(
            "E0211 kind that needs a value", "The kind stands alone, and it says nothing without its value.",
            .yaml("model: {layers: [8, ⟦dropout⟧, auto]}"), .yaml("model: {layers: [8, {dropout: 0.2}, auto]}")),
        Explanation(
            "E0212 activation written as a layer",
            "The entry is the name of an activation. Put it into the layer whose output it works on, or give it "
                + "an entry of its own: `- activation: tanh`.",
            .yaml("model: {layers: [8, ⟦tanh⟧, auto]}"), .yaml("model: {layers: [{dense: {units: 8, activation: tanh}}, auto]}")),
        Explanation(
            "E0213 several layers in one entry", "Each layer is an entry of the list, because their order is the network. Often a `- ` is missing.",
            .yaml("model: {layers: [⟦{dense: 8, dropout: 0.2}⟧, auto]}"), .yaml("model: {layers: [{dense: 8}, {dropout: 0.2}, auto]}")),
    ]
}
