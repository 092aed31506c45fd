package dev.stackwright.stack;

/** The template of the walk: a bit of everything. */
final class Templates {

    private Templates() {}

    static final String WALK =
            """
            heat_template_version: 2018-08-31
            # This remark stays where it is.
            description: A server that can be reached
            parameters:
              image: {type: string, default: cirros}
              flavor: {type: string, default: m1.tiny}
              cidr: {type: string, default: 10.77.0.0/24}
              text: {type: string, default: first}
              size: {type: number, default: 1}
              public: {type: string, default: public}
              secret: {type: string, hidden: true, default: canary-default}
            resources:
              net: {type: OS::Neutron::Net}
              subnet:
                type: OS::Neutron::Subnet
                properties:
                  network: {get_resource: net}
                  cidr: {get_param: cidr}
              router:
                type: OS::Neutron::Router
                properties:
                  external_gateway_info: {network: {get_param: public}}
              leg:
                type: OS::Neutron::RouterInterface
                properties:
                  router: {get_resource: router}
                  subnet: {get_resource: subnet}
              group:
                type: OS::Neutron::SecurityGroup
                properties:
                  description: Lets people in
                  rules:
                    - {protocol: tcp, port_range_min: 22, port_range_max: 22}
                    - {protocol: icmp}
              port:
                type: OS::Neutron::Port
                properties:
                  network: {get_resource: net}
                  fixed_ips: [{subnet: {get_resource: subnet}}]
                  security_groups: [{get_resource: group}]
              server:
                type: OS::Nova::Server
                properties:
                  image: {get_param: image}
                  flavor: {get_param: flavor}
                  networks: [{port: {get_resource: port}}]
                  metadata: {text: {get_param: text}}
                  user_data: {get_param: secret}
                  user_data_format: RAW
              volume:
                type: OS::Cinder::Volume
                properties:
                  size: {get_param: size}
              attachment:
                type: OS::Cinder::VolumeAttachment
                properties:
                  volume_id: {get_resource: volume}
                  instance_uuid: {get_resource: server}
              address:
                type: OS::Neutron::FloatingIP
                depends_on: leg
                properties:
                  floating_network: {get_param: public}
                  port_id: {get_resource: port}
            outputs:
              address:
                value: {get_attr: [address, floating_ip_address]}
              private:
                value: {get_attr: [server, first_address]}
            """;

    /** A group whose members are {@link #AREA}. */
    static final String GROUP =
            """
            heat_template_version: 2018-08-31
            parameters:
              count: {type: number, default: 2}
              label: {type: string, default: first}
            resources:
              areas:
                type: OS::Heat::ResourceGroup
                update_policy:
                  rolling_update: {max_batch_size: 2, pause_time: 5}
                properties:
                  count: {get_param: count}
                  resource_def:
                    type: area.yaml
                    properties: {label: {get_param: label}, index: "%index%"}
              words:
                type: OS::Heat::Value
                properties: {value: {get_attr: [areas, network]}}
            outputs:
              networks: {value: {get_attr: [areas, network]}}
              words: {value: {get_attr: [areas, word]}}
            """;

    /** A network with a word. */
    static final String AREA =
            """
            heat_template_version: 2018-08-31
            parameters:
              label: {type: string}
              index: {type: string}
            resources:
              net: {type: OS::Neutron::Net, properties: {tags: [{get_param: label}]}}
              subnet:
                type: OS::Neutron::Subnet
                properties:
                  network: {get_resource: net}
                  cidr: {str_replace: {template: 10.9.N.0/24, params: {N: {get_param: index}}}}
              word: {type: OS::Heat::RandomString, properties: {length: 6}}
            outputs:
              network: {value: {get_resource: net}}
              word: {value: {get_resource: word}}
            """;
}
