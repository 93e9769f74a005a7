"""Closed lists, by language, of the nouns by which questions name what they ask for."""

from __future__ import annotations

from rag.cite.wordlist import named, words

NOUNS: dict[str, dict[str, str]] = {
    "en": named(
        {
            "person": """
                person man woman leader king queen prince princess president chancellor minister
                mayor senator governor general commander captain officer author writer novelist
                poet journalist editor director producer actor actress singer musician composer
                painter artist architect engineer scientist physicist chemist mathematician
                philosopher economist historian inventor founder discoverer explorer pilot
                driver employee employer tenant landlord lessee lessor signatory owner holder
                manager chairman chairwoman chairperson ceo cfo treasurer lawyer attorney judge
                notary doctor physician patient teacher professor student candidate winner loser
                speaker host guest witness contact recipient sender sponsor coach player wife
                husband son daughter father mother brother sister successor predecessor ruler
                emperor duke earl bishop pope saint missionary applicant buyer seller borrower
                lender guarantor beneficiary inspector investigator auditor deputy monarch khan
            """,
            "organisation": """
                company corporation firm organization organisation agency authority bank brand
                manufacturer supplier vendor insurer airline operator publisher employer
                institution institute university college school hospital museum team club
                orchestra ministry department committee council commission court union
                association society foundation newspaper network station channel studio label
                army regiment tribe clan dynasty church
            """,
            "place": """
                place location city town village country nation state province region county
                district territory island continent river lake sea ocean mountain valley
                street capital port harbour harbor airport venue headquarters birthplace
                hometown colony kingdom empire destination jurisdiction planet
            """,
            "date": "date deadline birthday anniversary year month day decade century weekday",
            "time": "time hour",
            "duration": """
                duration period term length lifespan warranty guarantee runtime timeframe
            """,
            "money": """
                price cost fee rent salary wage income revenue sales profit loss budget fine
                penalty premium deposit debt tax balance amount payment expense expenditure
                turnover earnings dividend donation loan grant worth bail ransom subtotal
                sum subscription tuition toll
            """,
            "percent": "percentage percent share proportion rate margin discount markup yield",
            "count": "population count quantity headcount attendance",
            "quantity": """
                size distance speed temperature weight mass height width depth altitude elevation
                area volume capacity power pressure density wavelength frequency diameter radius
                thickness range voltage humidity
            """,
            "age": "age",
            "code": """
                number id identifier code serial registration reference licence license iban bic
                isbn ssn vin sku version passcode
            """,
            "mail": "email e-mail mail",
            "phone": "phone telephone fax mobile",
            "address_on_the_web": "website url homepage webpage",
            "name": """
                name title nickname pseudonym book novel film movie song album poem magazine
                vessel spacecraft mission treaty war battle revolt rebellion amendment award
                language religion festival conference theorem algorithm bridge tower castle
                palace stadium
            """,
        }
    ),
    "de": named(
        {
            "person": """
                person mann frau könig königin präsident präsidentin kanzler kanzlerin
                bürgermeister minister ministerin autor autorin verfasser schriftsteller dichter
                direktor direktorin regisseur schauspieler sänger komponist maler künstler
                architekt ingenieur wissenschaftler physiker chemiker mathematiker philosoph
                historiker erfinder gründer entdecker pilot fahrer mitarbeiter arbeitgeber
                arbeitnehmer mieter vermieter pächter verpächter unterzeichner eigentümer
                besitzer inhaber geschäftsführer geschäftsführerin vorsitzender vorsitzende
                vorstand leiter leiterin richter notar arzt ärztin patient lehrer professor
                kandidat sieger gewinner ansprechpartner ansprechpartnerin empfänger absender
                herrscher kaiser nachfolger vorgänger käufer verkäufer
            """,
            "organisation": """
                unternehmen firma gesellschaft konzern organisation behörde bank marke
                hersteller lieferant anbieter versicherer versicherung verlag universität
                hochschule schule krankenhaus partei mannschaft verein ministerium
                ausschuss gericht verband stiftung sender betreiber dynastie
            """,
            "place": """
                ort stadt dorf land staat bundesland provinz region kreis bezirk gebiet insel
                kontinent fluss see meer berg tal straße hauptstadt hafen flughafen standort
                geburtsort wohnort gerichtsstand kolonie königreich erfüllungsort
            """,
            "date": """
                datum termin stichtag geburtstag jahr monat tag jahrzehnt jahrhundert wochentag
                ablaufdatum fälligkeit
            """,
            "time": "uhrzeit",
            "duration": "dauer frist laufzeit zeitraum garantie gewährleistung probezeit",
            "money": """
                preis kosten gebühr miete kaltmiete warmmiete gehalt lohn einkommen umsatz
                erlös gewinn verlust haushalt strafe prämie kaution anzahlung schulden
                steuer betrag summe zahlung ausgaben darlehen honorar beitrag vergütung
            """,
            "percent": "prozentsatz prozent anteil quote rabatt zinssatz marge skonto zins",
            "count": "anzahl zahl einwohnerzahl menge stückzahl",
            "quantity": """
                größe entfernung geschwindigkeit temperatur gewicht masse höhe breite tiefe
                fläche volumen kapazität leistung druck dichte durchmesser radius dicke
                reichweite länge wohnfläche
            """,
            "age": "alter",
            "code": """
                nummer kennung kennzeichen kennziffer aktenzeichen iban bic
            """,
            "mail": "email e-mail mailadresse",
            "phone": "telefon telefonnummer handynummer faxnummer",
            "address_on_the_web": "webseite website internetadresse homepage",
            "name": """
                name bezeichnung titel buch roman film lied album gedicht zeitschrift vertrag
                krieg schlacht sprache religion fest brücke turm schloss
            """,
        }
    ),
    "fr": named(
        {
            "person": """
                personne homme femme roi reine président présidente ministre maire auteur autrice
                écrivain poète directeur directrice réalisateur acteur actrice chanteur
                compositeur peintre artiste architecte ingénieur scientifique inventeur
                fondateur pilote locataire bailleur propriétaire gérant dirigeant juge notaire
                médecin professeur candidat vainqueur destinataire expéditeur signataire
                empereur successeur vendeur acheteur
            """,
            "organisation": """
                entreprise société compagnie organisation agence banque marque fabricant
                fournisseur assureur éditeur université école hôpital parti équipe
                ministère comité tribunal association fondation opérateur
            """,
            "place": """
                lieu endroit ville village pays état province région département territoire île
                continent fleuve rivière lac mer montagne rue capitale aéroport siège destination
            """,
            "date": "date échéance anniversaire année mois jour décennie siècle an",
            "time": "heure",
            "duration": "durée délai préavis période garantie",
            "money": """
                prix coût frais loyer salaire revenu bénéfice perte budget amende prime caution
                dépôt dette impôt montant somme paiement dépenses acompte honoraires
            """,
            "percent": "pourcentage taux remise marge",
            "count": "nombre population quantité effectif",
            "quantity": """
                taille distance vitesse température poids masse hauteur largeur profondeur
                surface volume capacité puissance pression densité diamètre longueur superficie
            """,
            "age": "âge",
            "code": "numéro identifiant immatriculation référence code iban bic",
            "mail": "courriel email e-mail",
            "phone": "téléphone",
            "address_on_the_web": "site",
            "name": """
                nom titre livre roman film chanson album poème navire traité guerre bataille loi
                langue religion fête
            """,
        }
    ),
    "es": named(
        {
            "person": """
                persona hombre mujer rey reina presidente presidenta ministro alcalde autor autora
                escritor poeta director directora actor actriz cantante compositor pintor artista
                arquitecto ingeniero científico inventor fundador piloto inquilino arrendador
                arrendatario propietario gerente juez notario médico profesor candidato ganador
                destinatario remitente firmante emperador sucesor vendedor comprador
            """,
            "organisation": """
                empresa compañía sociedad organización agencia banco marca fabricante proveedor
                aseguradora editorial universidad escuela hospital partido equipo
                ministerio comité tribunal asociación fundación operador
            """,
            "place": """
                lugar sitio ciudad pueblo país estado provincia región territorio isla continente
                río lago mar montaña calle capital puerto aeropuerto sede destino ubicación
            """,
            "date": "fecha cumpleaños año mes día década siglo vencimiento",
            "time": "hora",
            "duration": "duración plazo periodo período preaviso garantía",
            "money": """
                precio coste costo tarifa alquiler renta salario sueldo ingresos ventas beneficio
                pérdida presupuesto multa prima fianza depósito deuda impuesto importe monto suma
                pago gastos honorarios
            """,
            "percent": "porcentaje proporción tasa descuento margen",
            "count": "cantidad población",
            "quantity": """
                tamaño distancia velocidad temperatura peso masa altura anchura profundidad
                superficie volumen capacidad potencia presión densidad diámetro longitud
            """,
            "age": "edad",
            "code": "número matrícula identificador referencia código iban bic",
            "mail": "correo email e-mail",
            "phone": "teléfono",
            "address_on_the_web": "web página",
            "name": """
                nombre título libro novela película canción álbum poema barco tratado guerra
                batalla ley idioma lengua religión fiesta
            """,
        }
    ),
}
# Compounds of German end in what they are.
GERMAN_ENDINGS = (
    ("nummer", "code"), ("kennzeichen", "code"), ("zeichen", "code"), ("frist", "duration"),
    ("dauer", "duration"), ("laufzeit", "duration"), ("zeitraum", "duration"),
    ("datum", "date"), ("termin", "date"), ("jahr", "date"), ("jahrhundert", "date"),
    ("preis", "money"), ("kosten", "money"), ("gebühr", "money"), ("miete", "money"),
    ("betrag", "money"), ("summe", "money"), ("gehalt", "money"), ("umsatz", "money"),
    ("steuer", "money"), ("zinssatz", "percent"), ("prozentsatz", "percent"),
    ("steuersatz", "percent"), ("quote", "percent"), ("anteil", "percent"),
    ("anzahl", "count"), ("zahl", "count"), ("stadt", "place"), ("ort", "place"),
    ("höhe", "quantity"), ("gewicht", "quantity"), ("länge", "quantity"), ("name", "name"),
    ("titel", "name"), ("nehmer", "person"), ("leiter", "person"),
)  # fmt: skip
# "What kind of bridge": no bridge's name is asked for.
KINDS = words(
    """
    type kind sort form category class nature role style set art sorte typ form kategorie rolle
    genre sorte catégorie rôle tipo clase categoría papel
    """
)
NAMES_OF = words("name names nom noms nombre nombres namen bezeichnung title titel titre título")
