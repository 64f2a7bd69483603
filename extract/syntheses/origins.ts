// Names of many origins, for types that say which coarse kind they are and little else.
import type { CoarseType } from '../../ontology/index.ts'

/** First names and family names of one origin, in pairs. */
const PEOPLE: readonly (readonly [first: string, last: string])[] = [
  ['Alice Tom Ruth Henry Nora', 'Whitfield Barker Holloway Ashdown Marlow'], ['Aoife Declan Orla Fergus', 'Gallagher Kinsella McGrath Tierney'], ['Anja Lukas Heike Florian', 'Brandt Köhler Vogt Lindner'],
  ['Camille Thierry Hélène Rémi', 'Marchand Besson Girard Dufour'], ['Carmen Javier Inés Rodrigo', 'Ortega Salinas Herrera Zamora'], ['Joana Tiago Leonor Rui', 'Carvalho Moreira Tavares Lima'],
  ['Chiara Matteo Ilaria Enzo', 'Marini Ferraro Sartori Grassi'], ['Femke Wouter Lotte Bram', 'Hoekstra Kuipers Mulder Visser'], ['Astrid Lars Sigrid Jonas', 'Lindqvist Halvorsen Berglund Dahl'],
  ['Aino Mikko Kaisa Eero', 'Virtanen Salonen Rantanen Laine'], ['Agnieszka Piotr Zofia Marek', 'Kowalczyk Nowak Pawlak Mazur'], ['Lenka Jiří Tereza Karel', 'Novotný Horák Kučera Pokorný'],
  ['Eszter Gábor Réka Bence', 'Kovács Szabó Farkas Takács'], ['Olga Dmitri Vera Pavel', 'Sokolov Morozov Orlov Karpov'], ['Eleni Kostas Despina Stavros', 'Papadakis Vlachos Economou Makris'],
  ['Elif Murat Zeynep Kerem', 'Demir Kaya Özkan Şahin'], ['Layla Omar Nadia Tariq', 'Haddad Khoury Nasser Bakri'], ['Shirin Reza Parisa Kaveh', 'Karimi Tehrani Sadeghi Azadi'],
  ['Noa Eitan Tamar Gideon', 'Mizrahi Peretz Shapira Azoulay'], ['Priya Arjun Meera Vikram', 'Iyer Banerjee Nair Kulkarni'], ['Ayesha Bilal Hina Usman', 'Qureshi Siddiqui Malik Ansari'],
  ['Mei Haoran Lihua Jun', 'Zhang Liu Chen Huang'], ['Yuko Kenji Aiko Hiroshi', 'Tanaka Fujimoto Mori Ishikawa'], ['Eun-ji Min-jun Soo-yeon Sung-ho', 'Park Choi Kang Yoon'], ['Linh Quang Huong Duc', 'Tran Pham Hoang Dang'],
  ['Dewi Agus Ratna Hendra', 'Santoso Wijaya Lestari Siregar'], ['Ngozi Tunde Folake Emeka', 'Okafor Adeyemi Balogun Eze'], ['Ama Kwame Abena Kojo', 'Mensah Boateng Owusu Darko'], ['Wanjiru Otieno Njeri Kiprop', 'Mwangi Kimani Ochieng Wekesa'],
  ['Thandi Sipho Lerato Themba', 'Dlamini Nkosi Mokoena Khumalo'], ['Fernanda Thiago Larissa Bruno', 'Barbosa Teixeira Azevedo Ribeiro'], ['Ximena Ernesto Paloma Hugo', 'Aguilar Delgado Sandoval Lozano'],
].map(([first, last]) => [first!, last!] as const)

const ORGANIZATIONS = [
  'Brightwater Mutual', 'Kestrel Freight', 'Lindqvist & Dahl', 'Okafor Textiles', 'Nordhavn Steel', 'Sierra Verde Foods', 'Tanaka Precision', 'Bluebell Housing Trust', 'Meridian Chemicals', 'Vogt Maschinenbau', 'Alder Valley Clinic', 'Cedar Point College',
  'Copperfield Bank', 'Instituto Salinas', 'Mwangi Brothers', 'Halden Paper Mills', 'Orlov Dairy', 'Pacific Lantern', 'Quay Street Partners', 'Red Heron Media', 'Saffron Logistics', 'Tierney Holdings', 'Umber Glassworks', 'Verano Solar',
  'Willow Bridge Council', 'Zamora Hermanos', 'Amber Coast Ferries', 'Duneside Observatory', 'Eastgate Insurance', 'Fjordline Energy', 'Garnet Robotics', 'Hoekstra Flowers', 'Indigo Rail', 'Juniper Health', 'Karimi Carpets', 'Larkspur Software',
]

const PLACES = [
  'Bergen', 'Recife', 'Mombasa', 'Da Nang', 'Halifax', 'Gdańsk', 'Valparaíso', 'Fez', 'Nagoya', 'Dunedin', 'Kumasi', 'Porto', 'Arequipa', 'Tampere', 'İzmir', 'Alexandria', 'Cork', 'Ipoh', 'Sucre', 'Patras', 'Pokhara', 'Busan', 'Akureyri', 'Salto', 'Aqaba', 'Riga', 'Kandy',
  'Matanzas', 'Lviv', 'Chiang Mai', 'Ndola', 'Ghent', 'Cuenca', 'Perth', 'Muscat', 'Maribor', 'Graz', 'Osaka', 'Monterrey', 'Malmö', 'Basel', 'Seville',
]

const THINGS = [
  'Lumo', 'Terrabase', 'Kestrel 3', 'Northlight', 'Vela', 'Quartz Prime', 'Aurelia', 'Tessera', 'Mistral X', 'Harrier', 'Solace', 'Pinnacle II', 'Orbis', 'Cobalt', 'Juniper 7', 'Zephyr One', 'Calyx', 'Ember', 'Fathom', 'Greyline',
]

const NAMES: Readonly<Record<CoarseType, readonly string[]>> = {
  PER: PEOPLE.flatMap(([first, last]) => first.split(' ').map((name, index) => `${name} ${last.split(' ')[index]}`)),
  ORG: ORGANIZATIONS, LOC: PLACES, MISC: THINGS,
}

/** Invented or everyday names of a coarse kind. */
export function namesOfKind(kind: CoarseType): readonly string[] {
  return NAMES[kind]
}
