/// Words of other tools, looked up for advice: what this language calls them, or why it has nothing of the kind.
enum Synonyms {
    /// nil if no tool we know uses the word.
    static func setting(_ word: String) -> ForeignWords? {
        let plain = ForeignWords.plain(word)
        return ForeignWords.settings.first { $0.holds(plain: plain) }
    }

    /// Words for values: the legal word that another tool's word stands for.
    static func value(of word: String, among legal: [String]) -> String? {
        let plain = ForeignWords.plain(word)
        return ForeignWords.values.first { legal.contains($0.ours) && $0.holds(plain: plain) }?.ours
    }

    /// The kind of layer, of this version or a later one, that another tool's word stands for.
    static func layer(_ word: String) -> SettingType.Kind? {
        let plain = ForeignWords.plain(word)
        let ours = ForeignWords.layers.first { $0.holds(plain: plain) }?.ours
        return SettingsTable.layerKinds.first { $0.name == ours || ForeignWords.plain($0.name) == plain }
    }

    /// The activation that a word stands for, in whatever case: `ReLU`, `nn.Softmax`, `swish`.
    static func activation(_ word: String) -> String? {
        let plain = ForeignWords.plain(word)
        return SettingsTable.activationNames.first { ForeignWords.plain($0) == plain } ?? value(of: word, among: SettingsTable.activationNames)
    }

    /// What is to be said about a word for which this language has no setting; nil if that is nothing.
    static func absence(_ word: String) -> String? {
        let plain = ForeignWords.plain(word)
        return absences.first { $0.words.split(separator: " ").contains { ForeignWords.plain(String($0)) == plain } }?.advice
    }

    /// What does in this version what callbacks do elsewhere.
    private static let insteadOfCallbacks = SettingType.listed(
        ["keep", "early_stopping", "schedule", "checkpoint_every"].compactMap { name in
            SettingsTable.training.setting(name).flatMap { $0.hasChoice ? "`training.\(name)`" : nil }
        })

    private static let absences: [(words: String, advice: String)] = [
        ("callbacks", "there are no callbacks: see \(insteadOfCallbacks)"),
        ("device gpu gpus use_gpu cuda accelerator devices strategy num_gpus", "there is no such choice: training runs on the processor"),
        (
            "verbose verbosity log_level enable_progress_bar log_every_n_steps print_every",
            "there is no such setting: `--quiet` on the command line leaves out the progress"
        ),
        (
            "check_val_every_n_epoch validation_freq val_check_interval eval_every evaluation_strategy num_sanity_val_steps limit_val_batches",
            "there is no such setting: the validation rows are measured after every epoch"
        ),
        ("pin_memory persistent_workers prefetch prefetch_factor cache", "there is no such setting: the data stay in memory"),
        ("bias_initializer", "there is no such setting: biases begin at 0"),
        (
            "compile", "nothing is compiled by hand: `loss`, `optimizer` and `metrics` stand at the top level"
        ),
        (
            "net", "layers go into `model.layers`; the rate, momentum and decay into `optimizer`, all else into `training`"
        ),
        (
            "angle saturation exposure hue jitter flip random_crop augmentation augment data_augmentation mosaic mixup",
            "there is no such setting: rows are used as they are, nothing is made from them"
        ),
        ("multi_class decision_function_shape ovr", "there is no such setting: classes are learnt together, with softmax"),
        ("transforms transform pipeline steps_pipeline", "numbers are scaled by `data.normalize`, gaps filled by `data.missing`"),
        ("logger loggers tensorboard wandb", "there is no such setting: a run folder holds metrics.csv, which git keeps"),
    ]
}
