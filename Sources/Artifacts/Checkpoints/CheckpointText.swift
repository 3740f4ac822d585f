import Diagnostics
import Training

/// What a run may not change between two of its parts: the settings, the data, the weights that it began with.
public struct RunIdentity: Sendable, Equatable {
    public struct Setting: Sendable, Equatable {
        /// "optimizer.learning_rate".
        public var path: String
        public var text: String
        public init(path: String, text: String) {
            self.path = path
            self.text = text
        }
    }
    public struct File: Sendable, Equatable {
        public var name: String
        /// nil if it could not be read.
        public var digest: String?
        public init(name: String, digest: String?) {
            self.name = name
            self.digest = digest
        }
    }
    /// Of the resolved spec, in its order.
    public var settings: [Setting]
    public var files: [File]

    public init(settings: [Setting], files: [File]) {
        self.settings = settings
        self.files = files
    }

    /// A setting that another run has otherwise; nil where it has none of this name.
    struct Difference: Equatable {
        var path: String
        var before: String?
        var now: String?
    }

    /// - Parameter mayChange: whether a setting is free.
    func differences(from before: RunIdentity, mayChange: (_ path: String) -> Bool) -> [Difference] {
        let old = Dictionary(before.settings.map { ($0.path, $0.text) }) { first, _ in first }
        let new = Dictionary(settings.map { ($0.path, $0.text) }) { first, _ in first }
        let paths = settings.map(\.path) + before.settings.map(\.path).filter { new[$0] == nil }
        return paths.filter { old[$0] != new[$0] && !mayChange($0) }.map { Difference(path: $0, before: old[$0], now: new[$0]) }
    }

    /// The files whose bytes are others. Their names depend on where a command is run from.
    func changedFiles(from before: RunIdentity) -> [String] {
        files.indices.filter { $0 >= before.files.count || before.files[$0].digest != files[$0].digest }.map { files[$0].name }
    }
}

/// The state of a training as JSON; the epochs are a tensor of their own. Numbers are the shortest texts that read back to the same bits.
enum CheckpointText {
    static func text(_ identity: RunIdentity, _ state: TrainingState) -> String {
        let (position, clock, progress) = (state.position, state.clock, state.progress)
        func number(_ value: Double?) -> String { JSONText.number(value) }
        return JSONText.object([
            ("settings", JSONText.object(identity.settings.map { ($0.path, JSONText.quoted($0.text)) })),
            (
                "files",
                JSONText.array(
                    identity.files.map {
                        JSONText.object([("name", JSONText.quoted($0.name)), ("digest", $0.digest.map(JSONText.quoted) ?? "null")])
                    })
            ),
            (
                "position",
                JSONText.object([
                    ("epoch", "\(position.epoch)"), ("batch", "\(position.batch)"), ("loss_sum", number(position.lossSum)),
                    ("weight_sum", number(position.weightSum)),
                ])
            ),
            (
                "clock",
                JSONText.object([
                    ("step", "\(clock.step)"), ("beta1_power", number(clock.beta1Power)), ("beta2_power", number(clock.beta2Power)),
                    ("decay_power", number(clock.decayPower)), ("mu_product", number(clock.muProduct)),
                ])
            ),
            ("best", JSONText.object([("epoch", "\(progress.best.epoch)"), ("value", number(progress.best.value))])),
            (
                "plateau",
                JSONText.object([
                    ("rate", number(progress.plateau.rate)), ("best", number(progress.plateau.best)), ("bad_epochs", "\(progress.plateau.badEpochs)"),
                    ("cooldown_left", "\(progress.plateau.cooldownLeft)"),
                ])
            ),
            (
                "early_stopping",
                JSONText.object([("best", number(progress.stopping.best)), ("epochs_without", "\(progress.stopping.epochsWithout)")])
            ),
            ("halvings", JSONText.array(progress.halvings.map(String.init))),
            ("stop_reason", progress.stopReason.map { JSONText.quoted($0.rawValue) } ?? "null"),
        ])
    }

    /// nil if something is missing or out of its range.
    static func read(_ text: String, epochs: [EpochRecord]) -> (identity: RunIdentity, state: TrainingState)? {
        guard let root = try? JSONReader.read(Array(text.utf8)), case .object(let members) = root.kind, let identity = identity(members),
            let position = position(members), position.epoch == epochs.count + 1, let clock = clock(members),
            let progress = progress(members, epochs)
        else { return nil }
        return (identity, TrainingState(position: position, clock: clock, progress: progress))
    }

    private static func identity(_ members: [JSONMember]) -> RunIdentity? {
        guard let settings = members.object("settings"), case .array(let files)? = members.value("files") else { return nil }
        return RunIdentity(
            settings: settings.compactMap { member in
                if case .string(let text) = member.value.kind { return .init(path: member.key, text: text) }
                return nil
            },
            files: files.compactMap { file in
                guard case .object(let file) = file.kind else { return nil }
                return file.text("name").map { RunIdentity.File(name: $0, digest: file.text("digest")) }
            })
    }

    private static func position(_ members: [JSONMember]) -> TrainingPosition? {
        guard let object = members.object("position"), let epoch = object.count("epoch"), epoch >= 1, let batch = object.count("batch"),
            let loss = object.number("loss_sum"), let weight = object.number("weight_sum")
        else { return nil }
        var position = TrainingPosition(epoch: epoch)
        (position.batch, position.lossSum, position.weightSum) = (batch, loss, weight)
        return position
    }

    private static func clock(_ members: [JSONMember]) -> UpdateClock.Memory? {
        guard let object = members.object("clock"), let step = object.count("step"), let beta1 = object.number("beta1_power"),
            let beta2 = object.number("beta2_power"), let decay = object.number("decay_power"), let product = object.number("mu_product")
        else { return nil }
        var clock = UpdateClock.Memory()
        (clock.step, clock.beta1Power, clock.beta2Power, clock.decayPower, clock.muProduct) = (step, beta1, beta2, decay, product)
        return clock
    }

    private static func progress(_ members: [JSONMember], _ epochs: [EpochRecord]) -> TrainingProgress? {
        guard let best = members.object("best"), let bestEpoch = best.count("epoch"), bestEpoch <= epochs.count,
            let bestValue = best.optional("value"), let plateau = members.object("plateau"), let rate = plateau.number("rate"),
            let plateauBest = plateau.optional("best"), let bad = plateau.count("bad_epochs"), let cooldown = plateau.count("cooldown_left"),
            let stopping = members.object("early_stopping"), let stoppingBest = stopping.optional("best"),
            let without = stopping.count("epochs_without"), let halvings = members.integers("halvings"),
            halvings.count <= TrainingProgress.halvingLimit, let reason = reason(members)
        else { return nil }
        var start = Plateau(rate: rate)
        (start.best, start.badEpochs, start.cooldownLeft) = (plateauBest, bad, cooldown)
        var progress = TrainingProgress(plateau: start)
        progress.epochs = epochs
        (progress.best.epoch, progress.best.value) = (bestEpoch, bestValue)
        (progress.stopping.best, progress.stopping.epochsWithout) = (stoppingBest, without)
        (progress.halvings, progress.stopReason) = (halvings, reason)
        return progress
    }

    private static func reason(_ members: [JSONMember]) -> StopReason?? {
        switch members.value("stop_reason") {
        case .null?: .some(nil)
        case .string(let text)?: StopReason(rawValue: text).map { .some($0) }
        default: nil
        }
    }
}
