import Artifacts
import Compiler
import Datasets
import Diagnostics
import Foundation
import IR
import SpecLanguage
import Testing
import Training

/// L-BFGS: SciPy's minima, convergence, memory, threads, and a training that is stopped anywhere.
@Suite struct LimitedMemoryTests {
    // MARK: SciPy's minima

    private struct Fixture: Decodable {
        struct Layer: Decodable { let weight: [[Double]], bias: [Double] }
        struct Minimum: Decodable { let objective, loss: Double, layers: [Layer] }
        struct Found: Decodable { let objective: Double, iterations, evaluations: Int }
        struct Case: Decodable {
            let name, loss: String
            let sizes: [Int]
            let weight_decay: Double
            let start: [Layer]
            let minimum: Minimum
            let scipy: [String: Found]
        }
        let inputs: [[Double]]
        let targets: [Double]
        let classes: [Int]
        let cases: [Case]
    }

    private static let fixture: Fixture = {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Fixtures/limited_memory.json")
        guard let data = try? Data(contentsOf: path), let fixture = try? JSONDecoder().decode(Fixture.self, from: data) else {
            preconditionFailure("no fixture")
        }
        return fixture
    }()

    @Test(arguments: ["ridge", "least squares", "softmax regression", "two layers"], [TrainingSpec.Precision.float64, .float32])
    func minimum(_ name: String, _ precision: TrainingSpec.Precision) throws {
        let fixture = Self.fixture
        let row = try #require(fixture.cases.first { $0.name == name })
        let isOfClasses = row.loss == "cross_entropy"
        var data = "a,b,y\n"
        for (index, x) in fixture.inputs.enumerated() {
            data += "\(x[0]),\(x[1]),\(isOfClasses ? "\(fixture.classes[index])" : "\(fixture.targets[index])")\n"
        }
        let isExact = precision == .float64
        let layers = row.sizes.dropFirst().map(String.init).joined(separator: ", ")
        let spec = """
            data: {path: data.csv, target: y, split: none, normalize: none}
            task: \(isOfClasses ? "classification" : "regression")
            model: {layers: [\(layers)], activation: tanh}
            optimizer: {type: lbfgs, weight_decay: \(row.weight_decay)\(isExact ? ", tolerance_grad: 1e-12, tolerance_change: 0" : "")}
            training: {epochs: 300, precision: \(precision.rawValue)}
            """
        try withFolder { folder in
            let setup = try Self.setup(spec, data, folder)
            let initial = TrainedModel(
                task: setup.data.task, precision: precision, loss: setup.network.loss.name, preprocessing: setup.data.preprocessing,
                target: setup.data.target,
                layers: zip(setup.network.denseLayers, row.start).map { layer, start in
                    TrainedLayer(
                        name: layer.name, type: "dense", activation: layer.dense.activation,
                        weight: Matrix(
                            rows: start.weight.count, columns: start.bias.count, values: start.weight.flatMap { $0 }, precision: precision),
                        bias: Matrix(rows: 1, columns: start.bias.count, values: start.bias, precision: precision))
                })
            let sink = DiagnosticSink()
            let trainer = try Trainer(setup, initial: initial, threads: 1, sink: sink)
            guard case .finished = trainer.run(epochDidEnd: { _ in }) else {
                Issue.record("not finished")
                return
            }
            let (model, record) = try trainer.finish()
            #expect(record.stopReason == .converged && sink.diagnostics.map(\.code) == ["N2082"])
            // No more iterations than SciPy's L-BFGS-B, give or take a few.
            let limit = try #require(row.scipy["L-BFGS-B"]?.iterations)
            #expect(record.epochs.count <= limit + limit / 2 + 5, "\(record.epochs.count) iterations, SciPy \(limit)")
            let found = Self.canonical(model.layers.map { ($0.weight?.doubles ?? [], $0.bias?.doubles ?? []) }, row.sizes)
            let wanted = Self.canonical(row.minimum.layers.map { ($0.weight.flatMap { $0 }, $0.bias) }, row.sizes)
            let (loss, weights) = isExact ? (1e-12, 1e-9) : (2e-6, 4e-3)
            #expect((record.evaluations[0].loss - row.minimum.loss).magnitude <= (isExact ? 1e-10 : 1e-3) * row.minimum.loss)
            let decayed = model.layers.reduce(0) { $0 + ($1.weight?.doubles ?? []).reduce(0) { $0 + $1 * $1 } }
            let objective = record.evaluations[0].loss + row.weight_decay / 2 * decayed
            #expect((objective - row.minimum.objective).magnitude <= loss * row.minimum.objective, "\(objective) \(row.minimum.objective)")
            for (a, b) in zip(found, wanted) { #expect((a - b).magnitude <= weights * max(1, b.magnitude), "\(name): \(a), SciPy \(b)") }
            #expect(found.count == wanted.count)
        }
    }

    /// The weights with the hidden units in one order and with one sign, which a network of tanh does not see.
    private static func canonical(_ layers: [([Double], [Double])], _ sizes: [Int]) -> [Double] {
        guard sizes.count == 3 else { return layers.flatMap { $0.0 + $0.1 } }
        var units = (0..<sizes[1]).map { unit in
            let sign = layers[1].0[unit] < 0 ? -1.0 : 1
            return ((0..<sizes[0]).map { layers[0].0[$0 * sizes[1] + unit] * sign } + [layers[0].1[unit] * sign], layers[1].0[unit] * sign)
        }
        units.sort { $0.1 < $1.1 }
        return units.flatMap { $0.0 + [$0.1] } + layers[1].1
    }

    // MARK: As it is used

    private static let xor = """
        data: {path: data.csv, target: y, split: none, normalize: none}
        task: regression
        model: {layers: [4, 1], activation: tanh}
        optimizer: lbfgs

        """
    private static let truthTable = "a,b,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n"

    private static func setup(_ spec: String, _ data: String, _ folder: String) throws -> TrainingSetup {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try data.write(toFile: folder + "/data.csv", atomically: false, encoding: .utf8)
        try ("nnspec: 1\n" + spec).write(toFile: folder + "/spec.yaml", atomically: false, encoding: .utf8)
        let sink = DiagnosticSink()
        let document = try SpecReader.read(path: folder + "/spec.yaml", sink: sink)
        return try TrainingSetup(document.spec, try DataPreparation.prepare(document.spec, sink: sink), sink: sink)
    }

    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("nnspec-lbfgs-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    /// From every one of these seeds but those that end in a local minimum, as they do for SciPy too.
    @Test func solvesXor() throws {
        try withFolder { folder in
            var solved = 0
            for seed in 0..<10 {
                let setup = try Self.setup(Self.xor + "seed: \(seed)\n", Self.truthTable, folder)
                let trainer = try Trainer(setup, initial: nil, threads: 1, sink: DiagnosticSink())
                _ = trainer.run { _ in }
                let (_, record) = try trainer.finish()
                if record.evaluations[0].loss < 1e-6 { solved += 1 }
                for (before, after) in zip(record.epochs, record.epochs.dropFirst()) { #expect(after.trainLoss <= before.trainLoss) }
            }
            #expect(solved >= 8, "\(solved) of 10")
        }
    }

    @Test func plannedMemory() throws {
        try withFolder { folder in
            let setup = try Self.setup(Self.xor.replacing("lbfgs", with: "{type: lbfgs, history_size: 7}"), Self.truthTable, folder)
            // Four tensors of 8, 4, 4 and 1 numbers, each in a stretch of 16.
            let vector = 4 * 16 * 4
            let state = 2 * 7 * vector + vector + (13 * 8 + 63) / 64 * 64
            #expect(setup.plan.byteCount(.state) == state)
            #expect(setup.byteCounts.contains { $0.name == "optimizer state" && $0.bytes == state })
            #expect(setup.byteCounts.contains { $0.name == "vectors of the line search" && $0.bytes == 5 * vector })
            #expect(Verifier.problems(in: setup.plan).isEmpty)
        }
    }

    /// Frozen parameters stay as they are, to the bit.
    @Test func frozen() throws {
        try withFolder { folder in
            let spec = Self.xor.replacing("[4, 1]", with: "[{dense: {units: 4, trainable: [bias]}}, 1]")
            let setup = try Self.setup(spec, Self.truthTable, folder)
            func model(_ epochs: Int) throws -> TrainedModel {
                let trainer = try Trainer(setup, initial: nil, threads: 1, sink: DiagnosticSink())
                _ = trainer.run(stepLimit: epochs) { _ in }
                return try trainer.finish().model
            }
            let (first, last) = (try model(0), try model(20))
            #expect(first.layers[0].weight?.doubles == last.layers[0].weight?.doubles)
            #expect(
                first.layers[0].bias?.doubles != last.layers[0].bias?.doubles && first.layers[1].weight?.doubles != last.layers[1].weight?.doubles)
        }
    }

    /// A start that is not finite is told with its origin; nothing else diverges.
    @Test func divergence() throws {
        try withFolder { folder in
            let spec = Self.xor.replacing("activation: tanh", with: "activation: relu, initializer: {normal: {std: 1e25}}")
            let trainer = try Trainer(try Self.setup(spec, Self.truthTable, folder), initial: nil, threads: 1, sink: DiagnosticSink())
            guard case .diverged(let found, let origin) = trainer.run(epochDidEnd: { _ in }) else {
                Issue.record("no divergence")
                return
            }
            #expect(found.what == "the loss" && found.epoch == 1)
            #expect(origin?.what.hasPrefix("the output of layer dense_") == true || origin?.what == "the loss", "\(origin?.what ?? "")")
        }
    }

    // MARK: Stopped and resumed

    private static let spirals: String = {
        var text = "a,b,c,kind\n"
        for row in 0..<40 {
            let (a, b) = (Double(row % 8) - 3.5, Double(row / 8) - 2.25)
            text += "\(a),\(b),\(row % 3),\(a * b > 0 ? "yes" : row % 5 == 0 ? "maybe" : "no")\n"
        }
        return text
    }()

    /// More iterations than the history has places, so that its ring goes round; stops before, in and after that; and other threads each time.
    @Test(arguments: ["", ", early_stopping: {patience: 1}", ", keep: last, precision: float64"])
    func everyStopGivesTheSameBytes(_ training: String) throws {
        try withFolder { folder in
            let spec = """
                seed: 3
                data: {path: data.csv, target: kind, split: {train: 0.75, validation: 0.25}}
                model: {layers: [6, {dense: {units: 5, activation: tanh, l2: 0.001}}, auto]}
                optimizer: {type: lbfgs, history_size: 4, weight_decay: 0.001}
                training: {epochs: 12\(training)}
                """
            let setup = try Self.setup(spec, Self.spirals, folder)
            let whole = try StoppedTraining.files(setup, stops: [], in: folder + "/whole", mayTell: ["N2082"])
            for stops in [[0, 3], [1], [2, 4, 5, 9], [11]] {
                try? FileManager.default.removeItem(atPath: folder + "/parts")
                #expect(
                    try StoppedTraining.files(setup, stops: stops, in: folder + "/parts", mayTell: ["N2082"]) == whole,
                    "\(training), stopped after \(stops)")
            }
        }
    }

    /// Layers wide enough for a team.
    @Test func aTeamGivesTheSameBytes() throws {
        try withFolder { folder in
            let spec = """
                data: {path: data.csv, target: kind, split: {train: 0.75, validation: 0.25}}
                model: {layers: [400, 300, auto]}
                optimizer: lbfgs
                training: {epochs: 4}
                """
            let setup = try Self.setup(spec, Self.spirals, folder)
            #expect(setup.plan.wantsTeam)
            let whole = try StoppedTraining.files(setup, stops: [], in: folder + "/whole", mayTell: ["N2082"])
            #expect(try StoppedTraining.files(setup, stops: [1, 2], in: folder + "/parts", mayTell: ["N2082"]) == whole)
        }
    }

    /// A stop before the first evaluation leaves the initial weights.
    @Test func aStopAtOnceLeavesTheWeights() throws {
        try withFolder { folder in
            let setup = try Self.setup(Self.xor, Self.truthTable, folder)
            let trainer = try Trainer(setup, initial: nil, threads: 1, sink: DiagnosticSink())
            let stop = StopFlag()
            let before = trainer.checkpoint.tensors.filter { $0.name.hasPrefix("parameters/") }.map { Data($0.bytes) }
            stop.request(2)
            guard case .interrupted = trainer.run(stop: stop, epochDidEnd: { _ in }) else {
                Issue.record("not interrupted")
                return
            }
            #expect(trainer.checkpoint.tensors.filter { $0.name.hasPrefix("parameters/") }.map { Data($0.bytes) } == before)
        }
    }

    // MARK: The line search

    /// The conditions hold at what it finds, on functions of one variable, from steps that are far too short and far too long.
    @Test(arguments: [1e-4, 0.1, 1, 30, 1e6])
    func wolfeConditions(_ first: Double) throws {
        let functions: [(String, (Double) -> (Double, Double))] = [
            ("parabola", { x in ((x - 3) * (x - 3), 2 * (x - 3)) }),
            ("quartic", { x in (x * x * x * x - 4 * x, 4 * x * x * x - 4) }),
            ("exponential", { x in (x > 600 ? .infinity : exp(x) - 5 * x, x > 600 ? .infinity : exp(x) - 5) }),
            ("wall", { x in x < 2 ? (-x, -1) : (.infinity, .infinity) }),
        ]
        for (name, f) in functions {
            let search = LineSearch(c1: 1e-4, c2: 0.9, evaluationLimit: 25, toleranceChange: 1e-9)
            let (value, slope) = f(0)
            let start = LineSearch.Point(length: 0, value: value, slope: slope, loss: value, slot: nil)
            var count = 0
            let found = try #require(
                search.run(from: start, firstLength: first, reach: 1) { length, slot in
                    count += 1
                    let (value, slope) = f(length)
                    return LineSearch.Point(length: length, value: value, slope: slope, loss: value, slot: slot)
                })
            #expect(found.value <= value + 1e-4 * found.length * slope, "\(name)")
            if name != "wall" { #expect(found.slope.magnitude <= 0.9 * slope.magnitude, "\(name): \(found)") }
            #expect(count <= 26 && found.slot != nil, "\(name)")
        }
    }
}
