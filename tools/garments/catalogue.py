"""What is drawn: fabrics, variations and the colours each comes in. Slugs are addresses: keep them stable."""

from typing import NamedTuple


class Fabric(NamedTuple):
    """A cloth and what makes it good."""

    slug: str
    name: str
    note: str


class Variation(NamedTuple):
    """One cut of one garment type."""

    slug: str
    type: str
    name: str
    fabric: str
    colours: tuple[str, ...]
    note: str


FABRICS = (
    Fabric("jersey", "Combed cotton jersey", "Fine single knit, soft, keeps its shape."),
    Fabric("pique", "Cotton piqué", "Small raised cells that let air through."),
    Fabric("oxford", "Oxford cotton", "Basket weave of paired threads, firm and cool."),
    Fabric("poplin", "Cotton poplin", "Tight plain weave with a crisp, smooth face."),
    Fabric("flannel", "Brushed flannel", "Twill brushed on one side until it turns soft."),
    Fabric("linen", "Washed linen", "Slubbed flax yarn, airy, softer with every wash."),
    Fabric("khadi", "Handloom khadi", "Hand-spun cotton woven on a hand loom, lively and uneven."),
    Fabric("cambric", "Block-printed cambric", "Light cotton, printed by hand with carved blocks."),
    Fabric("fleece", "Loopback fleece", "Brushed cotton sweat cloth, warm and dense."),
    Fabric("lambswool", "Lambswool knit", "Springy wool loops, knitted in one piece."),
    Fabric("denim", "Cotton denim", "Three-by-one twill, indigo warp over pale weft."),
    Fabric("twill", "Cotton twill", "Diagonal weave, tough and smooth."),
)

# fmt: off
VARIATIONS = (
    Variation("tee-plain", "t-shirt", "Plain tee", "jersey",
              ("white", "ink", "grey-melange", "moss", "madder", "indigo", "sand", "turmeric"),
              "Ribbed crew neck, double-stitched hems."),
    Variation("tee-breton", "t-shirt", "Breton stripe tee", "jersey",
              ("indigo", "madder", "ink", "moss", "rust"), "Coloured stripes on ecru, plain yoke."),
    Variation("tee-ringer", "t-shirt", "Ringer tee", "jersey",
              ("ecru", "sky", "turmeric", "sage", "blush"), "Neck and sleeve bands in a darker colour."),
    Variation("tee-sun", "t-shirt", "Sun print tee", "jersey",
              ("ink", "white", "moss", "rust", "indigo", "rose"), "A carved-block sun printed on the chest."),
    Variation("polo-plain", "polo", "Piqué polo", "pique",
              ("navy", "white", "madder", "moss", "sky", "sand", "ink"), "Three buttons, ribbed collar and cuffs."),
    Variation("polo-tipped", "polo", "Tipped polo", "pique",
              ("navy", "ecru", "moss", "plum", "charcoal"), "Two lines along collar and cuffs."),
    Variation("polo-rugby", "polo", "Rugby stripe polo", "pique",
              ("navy", "moss", "madder", "mustard", "teal"), "Broad stripes, white twill collar."),
    Variation("shirt-oxford", "shirt", "Oxford shirt", "oxford",
              ("white", "sky", "blush", "washed-blue", "sage", "ecru"), "Button-down collar, chest pocket."),
    Variation("shirt-band", "shirt", "Band-collar shirt", "linen",
              ("white", "ecru", "sage", "indigo", "rust", "sand"), "Stand collar, half placket of shell buttons."),
    Variation("shirt-stripe", "shirt", "Striped shirt", "poplin",
              ("sky", "indigo", "rose", "moss", "charcoal"), "Woven stripe on white, cut-away collar."),
    Variation("shirt-check", "shirt", "Checked flannel shirt", "flannel",
              ("madder", "moss", "indigo", "mustard", "cocoa"), "Brushed check, two flap pockets."),
    Variation("hoodie-plain", "hoodie", "Pullover hoodie", "fleece",
              ("ink", "grey-melange", "moss", "sand", "plum", "indigo"), "Lined hood, kangaroo pocket."),
    Variation("hoodie-block", "hoodie", "Colour-block hoodie", "fleece",
              ("navy", "moss", "rust", "charcoal", "teal"), "Two-colour body with a pale yoke."),
    Variation("hoodie-zip", "hoodie", "Zip hoodie", "fleece",
              ("ink", "grey-melange", "olive", "navy", "madder"), "Full metal zip, split pockets."),
    Variation("sweater-crew", "sweater", "Crew sweater", "lambswool",
              ("mustard", "ecru", "navy", "moss", "rust", "grey-melange"), "Ribbed neck, cuffs and hem."),
    Variation("sweater-fair-isle", "sweater", "Fair Isle sweater", "lambswool",
              ("navy", "madder", "moss", "charcoal", "teal"), "Patterned yoke in three yarns."),
    Variation("sweater-roll-neck", "sweater", "Roll-neck sweater", "lambswool",
              ("ink", "ecru", "cocoa", "olive", "plum"), "Cabled front, folded roll neck."),
    Variation("sweater-v-neck", "sweater", "V-neck sweater", "lambswool",
              ("navy", "charcoal", "sage", "rose"), "Deep ribbed V with two contrast lines."),
    Variation("denim-jacket-classic", "denim-jacket", "Classic denim jacket", "denim",
              ("mid-blue", "washed-blue", "raw-denim", "ink", "ecru"), "Two flap pockets, tobacco stitching."),
    Variation("denim-jacket-sherpa", "denim-jacket", "Sherpa-collar jacket", "denim",
              ("mid-blue", "washed-blue", "raw-denim", "ink"), "Pile collar and lining."),
    Variation("denim-jacket-chore", "denim-jacket", "Chore jacket", "denim",
              ("raw-denim", "mid-blue", "indigo", "olive", "ecru"), "Three patch pockets, straight hem."),
    Variation("jeans-straight", "jeans", "Straight jeans", "denim",
              ("mid-blue", "raw-denim", "ink", "washed-blue", "ecru"), "Five pockets, regular rise."),
    Variation("jeans-slim-faded", "jeans", "Slim faded jeans", "denim",
              ("mid-blue", "washed-blue", "charcoal", "indigo"), "Hand-faded thighs, tapered leg."),
    Variation("jeans-selvedge", "jeans", "Selvedge jeans", "denim",
              ("raw-denim", "indigo", "ink", "mid-blue"), "Turn-ups show the selvedge."),
    Variation("jeans-wide", "jeans", "Wide-leg jeans", "denim",
              ("washed-blue", "mid-blue", "white", "raw-denim"), "High rise, full straight leg."),
    Variation("shorts-chino", "shorts", "Chino shorts", "twill",
              ("sand", "navy", "olive", "rust", "sage", "white"), "Slant pockets, flat front."),
    Variation("shorts-drawstring", "shorts", "Drawstring shorts", "linen",
              ("ecru", "ink", "moss", "sky", "rust"), "Gathered waist, cotton cord."),
    Variation("shorts-cargo", "shorts", "Cargo shorts", "twill",
              ("olive", "sand", "charcoal", "navy"), "Bellows pockets with flaps."),
    Variation("dress-plain", "dress", "Linen dress", "linen",
              ("madder", "indigo", "moss", "ecru", "turmeric", "plum"), "Sleeveless, tied waist, full skirt."),
    Variation("dress-block-print", "dress", "Block-print dress", "cambric",
              ("indigo", "madder", "moss", "turmeric", "rose"), "Printed flowers, deep border."),
    Variation("dress-stripe", "dress", "Striped shirt dress", "poplin",
              ("navy", "rust", "teal", "rose"), "Short sleeves, buttons to the hem."),
    Variation("dress-tiered", "dress", "Tiered dress", "khadi",
              ("sage", "blush", "ink", "rust", "lilac"), "Three gathered tiers, flutter sleeves."),
    Variation("kurta-band", "kurta", "Band-collar kurta", "linen",
              ("white", "indigo", "sage", "rust", "ecru", "sand"), "Stand collar, wooden buttons, side slits."),
    Variation("kurta-embroidered", "kurta", "Embroidered kurta", "khadi",
              ("madder", "plum", "moss", "ecru", "navy"), "Thread-worked yoke and cuffs."),
    Variation("kurta-block-print", "kurta", "Block-print kurta", "cambric",
              ("indigo", "rust", "turmeric", "rose", "teal"), "Small printed buti, border at the hem."),
    Variation("kurta-stripe", "kurta", "Striped khadi kurta", "khadi",
              ("ecru", "sky", "sage", "blush"), "Fine woven stripe, short collarless cut."),
)
# fmt: on
BY_SLUG = {variation.slug: variation for variation in VARIATIONS}
WIDTHS = (320, 480, 640, 960)
CLOTHS = tuple(sorted({(variation.fabric, colour) for variation in VARIATIONS for colour in variation.colours}))
