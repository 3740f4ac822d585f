import Foundation

/// Examples that no text in a page can show: large, binary or unreadable files.
struct OddExample: Sendable {
    var files: @Sendable () -> [(String, MarkedFile)]
    var words = ["train", "flowers.yaml"]
    var canRun: @Sendable () -> Bool = { true }
}

enum OddExamples {
    /// The standard spec, its data file being what the message points at.
    private static let pathMarked = "data: {path: ⟦flowers.csv⟧, target: species}"
    private static func spec(_ lines: String) -> (String, MarkedFile) { ("flowers.yaml", ExampleFolder.completed(MarkedFile(lines))) }

    /// Reading it is refused, whoever reads.
    private static let unreadable = "/sys/class/net/lo/speed"

    static let all = texts.merging(data) { first, _ in first }

    private static let texts: [String: OddExample] = [
        "E0111": OddExample { [spec("x-deep: " + String(repeating: "[", count: 63) + "⟦[⟧" + String(repeating: "]", count: 64))] },
        "E0113": OddExample { [spec("# copied⟦\u{2028}⟧seed: 7")] },
        "E0123": OddExample { [spec("# " + String(repeating: "x", count: 1 << 20))] },
        "E0124": OddExample { [("flowers.yaml", ExampleFolder.completed(MarkedFile("# caf⟦é⟧")).latin1)] },
        "E0145": OddExample(
            files: {
                (0...33).map { ("s\($0).yaml", MarkedFile("nnspec: 1\nextends: \($0 == 32 ? "⟦s33.yaml⟧" : "s\($0 + 1).yaml")\n")) }
            }, words: ["train", "s0.yaml"]),
        "E1004": OddExample(
            files: { [spec("data: {path: ⟦\(unreadable)⟧, format: csv, target: species}")] },
            canRun: { FileManager.default.fileExists(atPath: unreadable) && FileManager.default.contents(atPath: unreadable) == nil }),
        "E1007": OddExample { [spec(pathMarked), ("flowers.csv", MarkedFile("PK\u{3}\u{4}length,species\n1,lily\n"))] },
        "E1012": OddExample { [("flowers.csv", MarkedFile("length,species\n1.4,lily\n⟦\u{0}⟧\u{0}\u{0}"))] },
        "E1013": OddExample { [("flowers.csv", MarkedFile("length,species\n1.4,ros⟦é⟧\n2.5,lily\n").latin1)] },
        "E2087": OddExample(
            files: {
                [
                    spec("data: {path: flowers.csv, target: weight, normalize: none, split: none}"),
                    ("flowers.csv", MarkedFile("length,weight\n1e30,3\n2e30,4\n3e30,5\n")),
                ]
            }, words: ["find-lr", "flowers.yaml"]),
        "E3991": OddExample(files: { [spec(pathMarked)] }, words: ["train", "flowers.yaml", "--max-memory", "10"]),
        // The tests run each command with --json.
        "E4026": OddExample(files: { [] }, words: ["predict", "runs/flowers", "flowers.csv", "--to", "jsonl"]),
        "E1207": OddExample {
            let names = (0..<30).map { "x\($0)," }.joined()
            return [
                (
                    "flowers.csv",
                    MarkedFile(names + "species\n" + String(repeating: "1,", count: 30) + "lily\n" + String(repeating: ",", count: 30) + "rose\n")
                )
            ]
        },
    ]

    /// What only a program meets that calls a room itself, or a file of gigabytes: by the test of the room.
    static let ofRooms: [String: (file: String, function: String)] = [
        "W1730": ("CommandLineTests/StoppedFoldsTests.swift", "aFullDiskIsTold"),
        "E1731": ("CommandLineTests/StoppedFoldsTests.swift", "dataThatChangeAreNoticed"),
        "E0374": ("CommandLineTests/SampleWeightTests.swift", "pairsOfArraysHaveNone"),
        "E4010": ("CommandLineTests/PlannedFlagTests.swift", "aPlannedFlagIsRefusedByName"),
        "E1027": ("DatasetsTests/ScannerTests.swift", "tooManyRows"), "E1033": ("DatasetsTests/HostileArrayTests.swift", "largerThanMemory"),
        "E1047": ("CommandLineTests/DataFormatTests.swift", "whatDoesNotFitIsTold"),
        "E1048": ("CommandLineTests/DataFormatTests.swift", "whatDoesNotFitIsTold"),
        "E2913": ("CommandLineTests/ChangingFileTests.swift", "aReaderThatLeaves"),
        "E3990": ("CommandLineTests/ChangingFileTests.swift", "aMappedFileThatShrinks"),
        "W1750": ("CommandLineTests/AuditTests.swift", "contradictingRows"), "N1751": ("CommandLineTests/AuditTests.swift", "contradictingRows"),
        "E1725": ("ArtifactsTests/CheckpointTests.swift", "aRunThatStaysHalfReplacedIsRefused"),
        "W1721": ("ArtifactsTests/CheckpointTests.swift", "theOlderGenerationStepsIn"),
        "W3703": ("CommandLineTests/InterruptionTests.swift", "aFullDiskLosesNoCheckpoint"),
        "E1066": ("CommandLineTests/DataFormatTests.swift", "whatDoesNotFitIsTold"),
        "E1067": ("CommandLineTests/DataFormatTests.swift", "whatDoesNotFitIsTold"),
        "W1501": ("CommandLineTests/AuditTests.swift", "sameColumns"), "W1502": ("CommandLineTests/AuditTests.swift", "rowsInTwoParts"),
        "W1503": ("CommandLineTests/AuditTests.swift", "featuresThatTellTheClass"),
        "W1504": ("CommandLineTests/AuditTests.swift", "otherUnits"), "W1505": ("CommandLineTests/AuditTests.swift", "imbalance"),
        "W1506": ("CommandLineTests/AuditTests.swift", "outliers"), "W1507": ("CommandLineTests/AuditTests.swift", "nearTexts"),
        "E5082": ("TrainingTests/GradientCheckTests.swift", "aWrongGradientIsFound"),
        "W1508": ("CommandLineTests/AuditTests.swift", "ids"), "W1509": ("CommandLineTests/AuditTests.swift", "oneValue"),
    ]

    // MARK: Weights files

    private static let weights = """
        {
          "format": "nnspec-weights", "version": 1, "precision": "float32",
          "task": "classification", "loss": "cross_entropy",
          "target": {"names": ["species"]}, "classes": ["lily", "rose"],
          "preprocessing": [
            {"name": "length", "type": "number", "normalize": "none", "mean": 0, "std": 1, "fill": null, "missing_values": [""]}
          ],
          "layers": [
            {"name": "dense_1", "type": "dense", "activation": "relu", "weight": [[0.1, 0.2]], "bias": [0.1, 0.2]},
            {"name": "dense_2", "type": "dense", "activation": "softmax", "weight": [[0.1, 0.2], [0.3, 0.4]], "bias": [0.3, 0.2]}
          ]
        }

        """

    /// A weights file with an example in the place of its repair; the example alone where the repair is no part of one.
    static func weights(_ example: MarkedFile, insteadOf repair: String) -> MarkedFile {
        guard let place = weights.range(of: repair) else { return example }
        return example.between(String(weights[..<place.lowerBound]), String(weights[place.upperBound...]))
    }
}
